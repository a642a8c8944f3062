// The plugin's own name: completion takes it from package.json and the folder; hover says what a host will make of the manifest, who needs the plugin, and where it is already.

import type { Choice, Kind, Use } from "../../../kinds/kind.js";
import { basename, dirname } from "../../../text/paths.js";
import { hostLines } from "../../onHosts.js";
import { graphOf } from "../graph.js";
import { judgeName } from "../names.js";
import { registration } from "../registration.js";

export const pluginName: Kind = { complete, hover };

/** What package.json beside calls it, and what its folder does. */
function complete({ manifest: { folder, workspace }, at }: Use): readonly Choice[] {
  if (folder === undefined || at.length !== 1) return [];
  const choices = new Map<string, Choice>();
  const scope = basename(dirname(folder));
  const text = workspace.files.read(`${folder}/package.json`) ?? "";
  add(/"name"\s*:\s*"([^"\\]+)"/.exec(text)?.[1], "from package.json");
  add(scope.startsWith("@") ? `${scope}/${basename(folder)}` : basename(folder), "the folder's name");
  return [...choices.values()];

  function add(name: string | undefined, detail: string): void {
    if (name !== undefined && judgeName(name).kind === "sound" && !choices.has(name))
      choices.set(name, { value: name, kind: "value", detail });
  }
}

function hover({ manifest, text, at }: Use): string | undefined {
  if (manifest.kind.id !== "manifest" || at.length !== 1) return undefined;
  const { own, dependents } = graphOf(manifest);
  const needing = own ? dependents(own).flatMap(({ name }) => (name === undefined ? [] : [`\`${name}\``])) : [];
  const lines = [
    ...registration(manifest),
    ...(needing.length > 0 ? [`needed by ${needing.join(", ")}`] : []),
    ...hostLines(manifest, text),
  ];
  return `**What a host makes of it**\n\n${lines.map((line) => `- ${line}`).join("\n")}`;
}
