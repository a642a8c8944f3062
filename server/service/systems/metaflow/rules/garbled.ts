// A PLUGINS value inside another file that doesn't reach the service as it is meant.

import type { Manifest, Report, Rule } from "../../system.js";

export const garbledRules: readonly Rule[] = [
  {
    code: "metaflow/value-garbled",
    severity: "error",
    title: "the value doesn't arrive as it is written",
    host: "Shells, Dockerfiles, .env files, compose, kustomize and Kubernetes each read quotes in their own way. What arrives is then no JSON: the service logs Error parsing JSON and takes config.plugins.json instead, so none of these plugins is loaded; compose, Kubernetes and ECS refuse a value that is no text. The path of a file and names of plugins are no JSON either; the service reads no file that PLUGINS names.",
    wrong: 'ENV PLUGINS={"run-notes": {}}',
    right: "ENV PLUGINS='{\"run-notes\": {}}'",
    fix: "put the value in single quotes",
    documents: ["plugins"],
    check: garbled,
  },
];

function garbled({ parsed }: Manifest, report: Report): void {
  const found = parsed.embedding?.garbled;
  if (!found) return;
  const { said, isRefused, next, span = [0, parsed.text.length], edits } = found;
  const result = isRefused ? "" : ", so the service gets no JSON and takes config.plugins.json instead";
  const title = `${next.charAt(0).toUpperCase()}${next.slice(1)}`;
  report(span, `${said}${result}; ${next}`, {
    fixes: edits.length === 0 ? [] : [{ title, edits: edits.map((edit) => ({ ...edit, outer: true })) }],
  });
}
