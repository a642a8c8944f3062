// The entries of a plugins.yaml by the plugin that they belong to. The file knows classes alone; what ties them together is the
// distribution that the server's Python has them from, else their package.
import type { Answer, ClassAnswer, Distribution } from "./python/probe.js";

export interface Group {
  /** The distribution's name, else the package's. */
  readonly name: string;
  readonly version?: string;
  readonly distribution?: Distribution;
  readonly classes: readonly ClassAnswer[];
}

export function groupsOf({ classes }: Pick<Answer, "classes">): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const row of classes) {
    const { distribution } = row;
    const name = distribution?.name ?? row.className.split(".")[0] ?? row.className;
    const former = groups.get(name);
    const facts = former ?? { name, ...(distribution && { version: distribution.version, distribution }), classes: [] };
    groups.set(name, { ...facts, classes: [...facts.classes, row] });
  }
  return [...groups.values()];
}

/** The group of a plugin, by its name, one of its classes or its package. */
export function groupNamed(groups: readonly Group[], name: string): Group | undefined {
  const same = (one: string) => one.toLowerCase().replace(/[-_.]+/g, "-");
  return (
    groups.find((group) => same(group.name) === same(name)) ??
    groups.find(({ classes }) =>
      classes.some(({ className }) => className === name || className.split(".")[0] === name),
    )
  );
}
