// What hosts can't load, by the manifest that it is about: the message, and the field at which it belongs. Pure.

import type { LocalView } from "./views.js";

export interface LoadProblem {
  readonly host: string;
  readonly code: string;
  readonly message: string;
  /** The field of the manifest where the cause is. */
  readonly key: string;
}

export function problemsOf(
  plugins: readonly LocalView[],
): readonly { readonly manifest: string; readonly problems: readonly LoadProblem[] }[] {
  return plugins.flatMap(({ plugin, hosts }) => {
    const problems = hosts.flatMap(({ host, problem }) =>
      problem === undefined
        ? []
        : [
            {
              host,
              code: problem.code,
              message: `"${host}" does not load it: ${problem.message}`,
              key: keyOf(problem.code),
            },
          ],
    );
    return problems.length === 0 ? [] : [{ manifest: plugin.manifest, problems }];
  });
}

/** By what the code speaks of; the name is every manifest's. */
function keyOf(code: string): string {
  const subject = code.slice(code.indexOf("/") + 1);
  const row = subjects.find(([start]) => subject.startsWith(start));
  return row?.[1] ?? "name";
}

const subjects: readonly (readonly [start: string, key: string])[] = [
  ["base", "base"],
  ["dependen", "dependencies"],
  ["disabled", "enabled"],
  ["entrypoint", "entrypoint"],
  ["entry", "pluginEntry"],
  ["start", "pluginEntry"],
  ["worker", "timeout"],
  ["version", "version"],
];
