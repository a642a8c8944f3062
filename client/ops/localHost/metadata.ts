// The name and version of an uploaded archive, found as Buntime v0.5.4 finds them: the manifest first, package.json where it is silent.
import { parseManifest } from "../hosts/buntime/packing/manifest.js";
import { isRecord } from "../values.js";
import type { Members } from "./unpack.js";

export type Metadata =
  | { readonly ok: true; readonly name: string; readonly version: string | number }
  | { readonly ok: false; readonly message: string };

export function metadataOf(members: Members): Metadata {
  const manifest = manifestValues(members);
  if (typeof manifest === "string") return { ok: false, message: manifest };
  const packageJson = packageValues(members);
  if (typeof packageJson === "string") return { ok: false, message: packageJson };
  const name = manifest.name ?? packageJson.name;
  if (name === undefined || name === null || name === "") {
    return { ok: false, message: "Package name not found: set manifest.yaml name or package.json name" };
  }
  if (typeof name !== "string") return { ok: false, message: "name.startsWith is not a function" };
  const version = manifest.version ?? packageJson.version ?? "latest";
  return { ok: true, name, version: typeof version === "number" ? version : String(version) };
}

type Values = Readonly<Record<string, unknown>>;

function manifestValues(members: Members): Values | string {
  const file = ["manifest.yaml", "manifest.yml"].find((name) => members.has(name));
  const text = file === undefined ? undefined : members.get(file)?.toString("utf8");
  if (file === undefined || text === undefined) return {};
  const reading = parseManifest(text, file);
  return reading.found ? reading.manifest.values : `YAML Parse error: ${reading.reason}`;
}

function packageValues(members: Members): Values | string {
  const text = members.get("package.json")?.toString("utf8");
  if (text === undefined) return {};
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch {
    return "Failed to parse JSON";
  }
}
