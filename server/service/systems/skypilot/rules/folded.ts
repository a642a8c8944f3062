// A file of plugins in a ConfigMap that loses its line breaks on the way to the server.

import type { Manifest, Report, Rule } from "../../system.js";

export const foldedRules: readonly Rule[] = [
  {
    code: "skypilot/folded-file",
    severity: "error",
    title: "a file in a ConfigMap whose lines are joined",
    host: 'Below ">" YAML puts a blank in the place of the breaks between lines of the same indentation. What is mounted into the pod is then another YAML, or none: the server doesn\'t start on it, or loses what has become a part of a comment. Told where joining the lines makes a difference to the file.',
    wrong: "data:\n  plugins.yaml: >\n    plugins:\n    - class: my_plugin.MyPlugin\n",
    right: "data:\n  plugins.yaml: |\n    plugins:\n    - class: my_plugin.MyPlugin\n",
    fix: 'write "|" in the place of ">"',
    check: folded,
  },
];

function folded({ parsed, kind }: Manifest, report: Report): void {
  const found = parsed.embedding?.garbled;
  if (!found) return;
  const { said, next, span, edits } = found;
  const result = kind.id === "plugins" ? "the server doesn't get this file" : "the controllers don't get this file";
  report(span ?? [0, parsed.text.length], `${said}, so ${result}; ${next}`, {
    fixes: [{ title: 'Write "|"', edits: edits.map((edit) => ({ ...edit, outer: true })), safe: true }],
  });
}
