// The plugin's own name: hover says what a host will make of the manifest, who needs the plugin, and where it is already.

import type { Kind, Use } from "../../../kinds/kind.js";
import { graphOf } from "../graph.js";
import { hostLines } from "../onHosts.js";
import { registration } from "../registration.js";

export const pluginName: Kind = { hover };

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
