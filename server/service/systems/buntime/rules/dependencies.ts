// Rules about `dependencies` and `optionalDependencies`: names that are gone, misspelt, disabled or lead round in a circle.
// A name that nobody here knows may well be on the host; it is a hint at most.

import { isSlipOf, nearest } from "../../../text/nearest.js";
import type { Node } from "../../../text/node.js";
import { remember } from "../../../text/remember.js";
import { changeTo, changeToAny } from "../../changes.js";
import { asScalar, asString, itemsOf } from "../../read.js";
import { listed } from "../../sentence.js";
import type { Manifest, Report, Rule } from "../../system.js";
import { asOptional, enabling } from "../dependencyFixes.js";
import { cycleThrough, directoryOf, type Graph, graphOf, type Known } from "../graph.js";
import { removeLine, topField, topText } from "../tree.js";

const LISTS = ["dependencies", "optionalDependencies"] as const;

export const dependencyRules: readonly Rule[] = [
  {
    code: "buntime/dependencies-not-a-list",
    severity: "error",
    title: "the dependencies are no list of names",
    host: "A text is read letter by letter and the plugin is left out. A map, and anything but a list in `optionalDependencies`, makes the reload answer 500 with all plugins unloaded; at start the host doesn't come up.",
    wrong: 'dependencies: "@example/store"',
    right: 'dependencies:\n  - "@example/store"',
    fix: "write a list of plugin names",
  },
  {
    code: "buntime/dependency-cycle",
    severity: "error",
    title: "the plugin depends on itself, directly or through others",
    host: "None of the members loads, nor anything that depends on them; the host logs one error. Optional dependencies count too. v0.2.15 answered 500.",
    wrong: "name: notes\ndependencies:\n  - notes",
    right: "name: notes\ndependencies: []",
    fix: "take one of the dependencies of the circle out",
    check: checkCycle,
  },
  {
    code: "buntime/dependency-disabled",
    severity: "error",
    title: "a required plugin is disabled",
    host: "The host leaves this plugin out, with everything that requires it, and loads the rest (since v0.2.23).",
    wrong: "dependencies:\n  - store   # whose manifest says enabled: false",
    right: "optionalDependencies:\n  - store",
    fix: "enable the required plugin, or make the dependency optional",
    documents: ["manifest"],
    check: checkOut,
  },
  {
    code: "buntime/dependency-left-out",
    severity: "error",
    title: "a required plugin of the workspace won't be loaded",
    host: "What requires a plugin that is excluded or fails is skipped as well.",
    wrong: "dependencies:\n  - store   # which is part of a dependency cycle",
    right: "optionalDependencies:\n  - store",
    fix: "mend the required plugin first",
    documents: ["manifest"],
    check: checkBroken,
  },
  {
    code: "buntime/dependency-removed",
    severity: "warning",
    title: "Buntime no longer has this plugin",
    host: "@buntime/plugin-database (now @buntime/plugin-turso), -authn and -authz were removed in v0.4.1, -deployments in v0.3.0. A host without the required plugin leaves this one out.",
    wrong: 'dependencies:\n  - "@buntime/plugin-database"',
    right: 'dependencies:\n  - "@buntime/plugin-turso"',
    fix: "name the plugin that took its place, or remove the dependency",
    check: checkRemoved,
  },
  {
    code: "buntime/dependency-version",
    severity: "warning",
    title: "a dependency is a name without a version",
    host: "Names are compared whole and there are no ranges: no plugin bears this name, so a required one leaves the plugin out.",
    wrong: 'dependencies:\n  - "@example/store@1.2.0"',
    right: 'dependencies:\n  - "@example/store"',
    fix: "remove the version",
    check: checkVersion,
  },
  {
    code: "buntime/dependency-unknown",
    severity: "hint",
    title: "no known plugin has this name",
    host: "A required plugin that isn't installed leaves this one out (since v0.2.23; v0.2.15 answered 500).",
    wrong: 'dependencies:\n  - "@example/stroe"',
    right: 'dependencies:\n  - "@example/store"',
    fix: "correct the name, or install that plugin on the host",
    documents: ["manifest"],
    check: checkUnknown,
  },
  {
    code: "buntime/dependency-twice",
    severity: "hint",
    title: "a dependency is listed twice",
    host: "The second mention changes nothing; a required dependency stays required.",
    wrong: "dependencies: [store]\noptionalDependencies: [store]",
    right: "dependencies: [store]",
    fix: "keep one of them",
    check: checkTwice,
  },
];

interface Item {
  readonly node: Node;
  readonly name: string;
  readonly required: boolean;
}

function itemsIn(manifest: Manifest): readonly Item[] {
  return LISTS.flatMap((list) =>
    itemsOf(topField(manifest, list)?.value).flatMap((node) => {
      const name = asString(node, manifest);
      return name ? [{ node, name, required: list === "dependencies" }] : [];
    }),
  );
}

function checkCycle(manifest: Manifest, report: Report): void {
  const items = itemsIn(manifest);
  const name = topText(manifest, "name");
  const self = items.filter((item) => item.name === name);
  for (const { node } of self) {
    const edit = removeLine(manifest, node);
    report(node, `"${name}" depends on itself, so the host doesn't load it; remove this line`, {
      ...(edit && { fixes: [{ title: "Remove this dependency", edits: [edit], safe: true }] }),
    });
  }
  if (self.length > 0 || items.length === 0) return;
  const graph = graphOf(manifest);
  const cycle = graph.own?.enabled ? cycleThrough(graph.own, graph) : undefined;
  const item = cycle && items.find((one) => one.name === cycle[1]);
  if (!cycle || !item) return;
  const way = cycle.map((one) => `"${one}"`).join(" needs ");
  const next = graph.own && graph.resolve(item.name, graph.own);
  const back = next && [...next.dependencies, ...next.optionalDependencies].find((one) => one.name === cycle[2]);
  const related = next && back ? [{ message: "and on from here", path: next.path, span: back.span }] : [];
  report(item.node, `a dependency cycle: ${way}; the host loads none of them, take one dependency out`, { related });
}

function checkOut(manifest: Manifest, report: Report): void {
  const graph = graphOf(manifest);
  const { own } = graph;
  if (!own?.enabled) return;
  for (const { node, name, required } of itemsIn(manifest)) {
    const needed = required ? graph.resolve(name, own) : undefined;
    if (!needed || needed.enabled) continue;
    const message = `"${name}" is disabled in its manifest, so the host leaves this plugin out; enable it, or make the dependency optional`;
    const fixes = [...enabling(manifest, name, needed), ...asOptional(manifest, node, name)];
    report(node, message, { ...placedBy(own, needed), related: relatedTo(needed), fixes });
  }
}

function checkBroken(manifest: Manifest, report: Report): void {
  const items = itemsIn(manifest).filter(({ required }) => required);
  if (items.length === 0) return;
  const graph = graphOf(manifest);
  const { own } = graph;
  if (!own?.enabled || cycleThrough(own, graph)) return;
  const reasons = graph.leftOut();
  for (const { node, name } of items) {
    const needed = graph.resolve(name, own);
    const reason = needed && reasons.get(needed);
    if (!needed || !reason) continue;
    const message = `the host won't load "${name}" since ${reason}, and leaves this plugin out with it; mend that one first`;
    report(node, message, { ...placedBy(own, needed), related: relatedTo(needed) });
  }
}

/** Certain only where both stand in one plugins directory; elsewhere a host may have another copy. */
function placedBy(own: Known, needed: Known): { readonly severity: "error" | "warning" } {
  return { severity: directoryOf(own) === directoryOf(needed) ? "error" : "warning" };
}

function relatedTo(plugin: Known) {
  return [{ message: `"${plugin.name}" is here`, path: plugin.path, span: plugin.nameSpan ?? ([0, 1] as const) }];
}

const REMOVED: Readonly<Record<string, { readonly since: string; readonly instead?: string }>> = {
  "@buntime/plugin-database": { since: "v0.4.1", instead: "@buntime/plugin-turso" },
  "@buntime/plugin-authn": { since: "v0.4.1" },
  "@buntime/plugin-authz": { since: "v0.4.1" },
  "@buntime/plugin-deployments": { since: "v0.3.0" },
};

function checkRemoved(manifest: Manifest, report: Report): void {
  const suspects = itemsIn(manifest).filter(({ name }) => Object.hasOwn(REMOVED, name));
  if (suspects.length === 0) return;
  const known = namesKnown(manifest, graphOf(manifest));
  for (const { node, name, required } of suspects) {
    const gone = REMOVED[name];
    if (!gone || known.has(name)) continue;
    const next = gone.instead ? `write "${gone.instead}"` : "nothing took its place, remove it";
    const then = required ? "a host without it leaves this plugin out" : "it changes nothing there";
    const scalar = asScalar(node);
    const edit = removeLine(manifest, node);
    const fixes =
      gone.instead && scalar
        ? changeTo(manifest, scalar, gone.instead)
        : edit
          ? [{ title: "Remove this dependency", edits: [edit] }]
          : [];
    const message = `Buntime has no "${name}" since ${gone.since} and ${then}; ${next}`;
    report(node, message, { fixes, severity: required ? "warning" : "hint" });
  }
}

function checkVersion(manifest: Manifest, report: Report): void {
  for (const { node, name, required } of itemsIn(manifest)) {
    const match = /^(@?[^@\s]+)(@[^@/]*|\s*[<>=^~*].*|:.*)$/.exec(name);
    const scalar = asScalar(node);
    if (!match?.[1] || !scalar) continue;
    const then = required ? "leaves this plugin out" : "ignores it";
    report(
      node,
      `no plugin is named "${name}", so the host ${then}; dependencies have no versions, write "${match[1]}"`,
      {
        fixes: changeTo(manifest, scalar, match[1]),
      },
    );
  }
}

function checkUnknown(manifest: Manifest, report: Report): void {
  const items = itemsIn(manifest);
  if (items.length === 0) return;
  const known = namesKnown(manifest, graphOf(manifest));
  const own = topText(manifest, "name");
  let others: readonly string[] | undefined;
  const hosts = manifest.workspace.hosts.filter(({ system }) => system === "buntime");
  let looks = 0;
  for (const { node, name, required } of items) {
    if (known.has(name) || Object.hasOwn(REMOVED, name)) continue;
    others ??= [...known.names()].filter((one) => one !== own);
    if (others.length === 0) continue;
    // Each look compares with every name; a list with this many strangers is not one of misspellings.
    const near = looks++ < MAX_LOOKS ? nearest(name, others).filter((other) => isSlipOf(name, other)) : [];
    const scalar = asScalar(node);
    if (near[0] && scalar) {
      const fixes = changeToAny(manifest, scalar, near);
      report(node, `no known plugin is named "${name}"; did you mean "${near[0]}"?`, { fixes });
    } else if (required && hosts.length > 0) {
      const names = listed(hosts.map((host) => host.name));
      report(node, `neither this workspace nor ${names} has "${name}"; a host without it leaves this plugin out`);
    }
  }
}

const MAX_LOOKS = 20;

function checkTwice(manifest: Manifest, report: Report): void {
  const seen = new Set<string>();
  for (const { node, name } of itemsIn(manifest)) {
    if (!seen.has(name)) {
      seen.add(name);
      continue;
    }
    const edit = removeLine(manifest, node);
    report(node, `"${name}" is listed before; the host takes no notice of this one, remove it`, {
      tags: ["unnecessary"],
      ...(edit && { fixes: [{ title: "Remove this dependency", edits: [edit], safe: true }] }),
    });
  }
}

interface Names {
  has(name: string): boolean;
  names(): readonly string[];
}

function namesKnown({ workspace, system }: Manifest, { plugins }: Graph): Names {
  const here = namesOf(plugins);
  const there = new Set<string>();
  for (const host of workspace.hosts)
    if (host.system === system.id) for (const { name } of host.plugins) there.add(name);
  return {
    has: (name) => here.has(name) || there.has(name),
    names: () => [...new Set([...here, ...there])],
  };
}

const namesOf = remember(
  (plugins: readonly Known[]): ReadonlySet<string> => new Set(plugins.flatMap(({ name }) => name ?? [])),
);
