// Class paths: completion of the plugin classes near the manifest that it doesn't list yet, and a hover with the class as it
// is written and what the server makes of the item. Definition leads to the class, so there is no link to the file.

import type { Choice, Kind, Use } from "../../../kinds/kind.js";
import { fromRoot } from "../../shownPath.js";
import type { Manifest } from "../../system.js";
import { itemAt, pluginItems, splitClass } from "../items.js";
import { type ClassHere, classHere, sourceOf } from "../listed.js";
import { candidates } from "../python/candidates.js";
import { registration } from "../registration.js";

export const pythonClass: Kind = { complete, hover };

function complete({ manifest, text }: Use): readonly Choice[] {
  const listed = new Set(pluginItems(manifest).map(({ className }) => className));
  listed.delete(text);
  return candidates(manifest, text)
    .filter(({ path }) => !listed.has(path))
    .map(({ path, class: one, module }) => {
      const source = sourceOf(manifest, one, module);
      const [summary] = source?.docstring?.split("\n\n") ?? [];
      return {
        value: path,
        kind: "reference",
        detail: fromRoot(module.path, manifest),
        ...(summary && { documentation: summary }),
      };
    });
}

function hover({ manifest, text, at }: Use): string | undefined {
  const found = classHere(manifest, text);
  const item = itemAt(manifest, at[1]);
  const lines = item ? registration(manifest, item, found) : [];
  const parts = [
    found ? written(manifest, found) : elsewhere(text),
    lines.length > 0 ? `**What the server makes of it**\n\n${lines.map((line) => `- ${line}`).join("\n")}` : "",
  ].filter((part) => part !== "");
  return parts.length > 0 ? parts.join("\n\n") : undefined;
}

function written(manifest: Manifest, { class: one, module, judged }: ClassHere): string {
  const source = sourceOf(manifest, one, module);
  const builder = judged.builder && sourceOf(manifest, judged.builder.class, judged.builder.module);
  const code = [source?.head ?? `class ${one.name}`, ...(builder?.constructor ? [`    ${builder.constructor}`] : [])];
  const docstring = source?.docstring ? `${source.docstring}\n\n` : "";
  return `\`\`\`python\n${code.join("\n")}\n\`\`\`\n\n${docstring}In \`${fromRoot(module.path, manifest)}\`.`;
}

function elsewhere(path: string): string {
  const parts = splitClass(path);
  return parts
    ? `The server imports \`${parts.module}\` in its own Python and takes \`${parts.name}\`; the module isn't in this workspace, or the class isn't in it.`
    : "";
}
