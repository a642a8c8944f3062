// Two plugins of one name: the service lists both, but serves and shows only the first.

import type { Node } from "../../../text/node.js";
import { basename, dirname, isInside } from "../../../text/paths.js";
import { changeTo } from "../../changes.js";
import type { Fix } from "../../problem.js";
import { asString, field } from "../../read.js";
import type { Manifest, Report, Rule } from "../../system.js";
import { namesakes, type PluginFacts, type RegisteredFacts, registeredAs, registrationsIn } from "../facts.js";

export const nameRules: readonly Rule[] = [
  {
    code: "metaflow/duplicate-name",
    severity: "error",
    title: "two plugins have one name",
    host: "The service finds a plugin by the manifest's name, the first in the order of PLUGINS; that one answers every request of both, and on the page only the first registers. The identifier in PLUGINS isn't looked at.",
    fix: "give one of the plugins another name",
    documents: ["manifest"],
    check: duplicateName,
  },
];

function duplicateName(manifest: Manifest, report: Report): void {
  const { folder, parsed, workspace } = manifest;
  const node = field(manifest.root, "name", manifest)?.value;
  const name = asString(node, manifest);
  if (!node || !name || folder === undefined) return;
  const registrations = registrationsIn(workspace);
  for (const other of namesakes(workspace, name)) {
    if (other.path === parsed.path) continue;
    const together = loadedTogether(folder, other, registrations);
    if (together === "no") continue;
    report(
      node,
      `"${name}" is also the name of the plugin in "${basename(other.folder ?? "")}"; where one service loads both, only the first is served and shown, give one another name`,
      {
        severity: together === "yes" ? "error" : "warning",
        fixes: asFolder(manifest, node, name),
        related: [{ message: `the other "${name}"`, path: other.path, span: other.span ?? [0, 1] }],
      },
    );
    return;
  }
}

/** A copy mostly keeps the name of what it was copied from; the folder's own is free where no other plugin has it. */
function asFolder(manifest: Manifest, node: Node, name: string): Fix[] {
  const { folder = "", workspace } = manifest;
  const own = basename(folder);
  const isName = own !== "" && own !== name && !BUILD.test(own) && !/[/\\?#%]/.test(own);
  return isName && namesakes(workspace, own).length === 0 ? changeTo(manifest, node, own) : [];
}

/** "yes" by the service's own layout or a PLUGINS value; "likely" for folders side by side; builds are no twins. */
function loadedTogether(
  folder: string,
  { folder: other }: PluginFacts,
  registrations: readonly (readonly RegisteredFacts[])[],
): "yes" | "likely" | "no" {
  if (other === undefined || isInside(folder, other) || isInside(other, folder)) return "no";
  const both = registrations.some((entries) => {
    const [ends, others] = [folder, other].map((one) => entries.flatMap((entry) => registeredAs(entry, one)));
    return ends?.some((end) => others?.some((one) => one !== end));
  });
  if (both) return "yes";
  if (dirname(folder) !== dirname(other)) return "no";
  if (basename(dirname(folder)) === "installed") return "yes";
  return BUILD.test(basename(folder)) || BUILD.test(basename(other)) ? "no" : "likely";
}

const BUILD = /^(dist|build|out|output|public|static|src|source|lib|target|release|dev|v?\d[\d.]*)(\b|$)/i;
