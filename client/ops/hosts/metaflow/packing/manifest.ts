// A plugin's manifest.json as the service (2.5.1) and the page read it, and what makes either pass over the plugin. The language
// server says more and earlier; these are the ones that must not reach a host.
import { metaflow } from "../../../../../server/service/index.js";
import { isRecord } from "../../../values.js";
import type { Finding } from "../../host.js";
import type { Part } from "../shipment.js";

export interface ReadManifest {
  /** Undefined when the service would find no plugin there. */
  readonly part?: Part;
  readonly findings: readonly Finding[];
  /** The file at the top of the folder that the entrypoint names. */
  readonly entrypoint?: string;
}

/** `text` undefined: there is no such file. `inside`: the folder of the plugin, relative to the package. */
export function readManifest(text: string | undefined, inside: string): ReadManifest {
  const file = inside === "" ? "manifest.json" : `${inside}/manifest.json`;
  const error = (code: string, message: string): ReadManifest => ({
    findings: [{ severity: "error", code, message, file }],
  });
  if (text === undefined)
    return error(
      "package/no-manifest",
      `there is no ${file}; the host would find no plugin; write one, or choose the folder that has it`,
    );
  const value = parsed(text);
  if (typeof value === "string")
    return error("package/no-manifest", `${file} is not JSON (${value}); the host passes over the plugin`);
  const { manifest } = value;
  if (!isRecord(manifest))
    return error("package/no-manifest", `${file} is no JSON object; the host passes over the plugin`);
  const missing = ["name", "version", "entrypoint"].filter((key) => !(key in manifest));
  if (missing.length > 0)
    return error(
      "metaflow/missing-field",
      `${file} has no ${listed(missing)}; the service passes over the plugin without it`,
    );
  const { name, version, entrypoint } = manifest;
  if (typeof name !== "string" || name === "")
    return error(
      "metaflow/wrong-type",
      `the "name" in ${file} is no text; no route reaches the plugin and the page never shows it`,
    );
  const target = typeof entrypoint === "string" ? metaflow.entrypointTarget(entrypoint) : undefined;
  const findings: Finding[] = [];
  if (target?.kind !== "top") {
    const message = `the entrypoint in ${file} names no file at the top of the folder; the service serves only those`;
    findings.push({ severity: "error", code: "metaflow/entrypoint-in-subfolder", message, file });
  }
  return {
    part: { path: inside, name, version: String(version), entrypoint: String(entrypoint) },
    findings,
    ...(target?.kind === "top" ? { entrypoint: target.name } : {}),
  };
}

/** A byte order mark, comments and trailing commas are refused by Python as they are here. */
function parsed(text: string): string | { readonly manifest: unknown } {
  try {
    const manifest: unknown = JSON.parse(text);
    return { manifest };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const listed = (keys: readonly string[]): string => keys.map((key) => `"${key}"`).join(" and no ");
