// The files a plugin can't do without: its entry and its page. Missing, unbuilt, outside the folder or left out by a rule
// are different mistakes with different next steps. Entry look-up as Buntime v0.5.4 does it.
import path from "node:path";
import { buntime } from "../../../../../server/service/index.js";
import type { LeftOut, PlannedFile } from "../../../pack/plan.js";
import type { Finding } from "../../host.js";
import type { ManifestFacts } from "./manifest.js";

const { FALLBACKS: entryFallbacks, PAGE_FALLBACKS: pageFallbacks } = buntime;

export function neededFindings(
  manifest: ManifestFacts | undefined,
  files: readonly PlannedFile[],
  leftOut: readonly LeftOut[],
): readonly Finding[] {
  if (manifest === undefined) return [];
  const findings: Finding[] = [];
  const rest = leftOut.find((item) => item.path === manifest.file);
  if (rest !== undefined)
    findings.push(error("package/needed-left-out", leftOutWords(manifest.file, rest), manifest.file));
  const entry = state(manifest.pluginEntry, files, leftOut);
  const other = entryFallbacks.find((name) => files.some((file) => file.path === name));
  if (entry !== "found") findings.push(entryFinding(manifest, entry, other));
  const page = state(manifest.entrypoint, files, leftOut);
  const { entrypoint } = manifest;
  if (entrypoint !== undefined && page !== "found") {
    const instead = pageFallbacks.find((name) => files.some((file) => file.path === name));
    const then =
      instead === undefined ? "the plugin's page answers with errors" : `the host shows "${instead}" instead`;
    findings.push(
      error(
        "package/entrypoint-missing",
        `entrypoint ${words(entrypoint, page)}; ${then}, build it or correct entrypoint`,
        entrypoint,
      ),
    );
  }
  return findings.filter((finding) => finding.message !== "");
}

/** The file that the host imports, among those that go in. */
export function entryOf(manifest: ManifestFacts, files: readonly { readonly path: string }[]): string | undefined {
  const named = manifest.pluginEntry === undefined ? undefined : path.posix.normalize(manifest.pluginEntry);
  if (named !== undefined && files.some((file) => file.path === named)) return named;
  return entryFallbacks.find((name) => files.some((file) => file.path === name));
}

type State = "found" | "absent" | "missing" | "outside" | "directory" | LeftOut;

function state(file: string | undefined, files: readonly PlannedFile[], leftOut: readonly LeftOut[]): State {
  if (file === undefined) return "absent";
  const normal = path.posix.normalize(file).replace(/\/$/, "");
  if (normal.startsWith("../") || normal === ".." || normal.startsWith("/")) return "outside";
  if (files.some((item) => item.path === normal)) return "found";
  if (files.some((item) => item.path.startsWith(`${normal}/`))) return "directory";
  const rule = leftOut.find(
    (item) => item.path === normal || (item.path.endsWith("/") && normal.startsWith(item.path)),
  );
  return rule ?? "missing";
}

function entryFinding(manifest: ManifestFacts, entry: State, other: string | undefined): Finding {
  const { pluginEntry } = manifest;
  if (pluginEntry === undefined) {
    if (other !== undefined) return error("", "", "");
    const message = `there is no entry file: pluginEntry is not set and none of ${entryFallbacks.join(", ")} is at the top; the host passes over such a folder without a word`;
    return error("package/entry-missing", message, manifest.file);
  }
  const what = `pluginEntry ${words(pluginEntry, entry)}`;
  if (other === undefined || entry === "directory") {
    return error(
      "package/entry-missing",
      `${what}; the host does not load the plugin, build it or correct pluginEntry`,
      pluginEntry,
    );
  }
  const message = `${what}; the host runs "${other}" instead, build it or correct pluginEntry`;
  return { severity: "warning", code: "package/entry-missing", message, file: pluginEntry };
}

function words(file: string, found: State): string {
  if (found === "outside") return `"${file}" is outside the plugin's folder and can't be packed`;
  if (found === "directory") return `"${file}" is a folder`;
  if (typeof found === "object") return leftOutWords(file, found);
  return `"${file}" does not exist`;
}

function leftOutWords(file: string, rest: LeftOut): string {
  return `"${file}" is left out by a rule (${rest.rule})`;
}

function error(code: string, message: string, file: string): Finding {
  return { severity: "error", code, message, file };
}
