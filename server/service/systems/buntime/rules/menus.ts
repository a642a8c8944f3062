// Rules about `menus`, which the host passes on unchecked: what breaks the shell's sidebar.

import type { Node } from "../../../text/node.js";
import { addField } from "../../addition.js";
import { changeTo } from "../../changes.js";
import type { Problem } from "../../problem.js";
import { asList, asMap, asScalar, asString, field, itemsOf } from "../../read.js";
import type { Manifest, Misfit, Report, Rule } from "../../system.js";
import { MENU, misnamedIn } from "../misnamed.js";
import { topField, topText } from "../tree.js";

export const menuRules: readonly Rule[] = [
  {
    code: "buntime/bad-menu",
    severity: "warning",
    title: "a menu entry that the shell can't draw",
    host: "The host passes menus on unchecked. An entry without a text as title breaks the sidebar of the shell for everybody.",
    wrong: "menus:\n  - path: /notes",
    right: "menus:\n  - title: Notes\n    icon: lucide:notebook-pen\n    path: /notes",
    fix: "give each entry a title, an icon and a path, all as text",
    check: checkPaths,
    refine: refineMenu,
  },
  {
    code: "buntime/menu-unusual",
    severity: "information",
    title: "a menu entry that looks other than it reads",
    host: "Icons are Iconify ids (`set:name`), a title with a colon is taken for a translation key, and the stock shell draws two levels.",
    wrong: 'menus:\n  - title: "Notes: all"\n    icon: notebook\n    path: /notes',
    right: "menus:\n  - title: All notes\n    icon: lucide:notebook\n    path: /notes",
    fix: "write the icon as `set:name`, the title without a colon, and nest one level at most",
    check: checkLooks,
  },
  {
    code: "buntime/menu-path-elsewhere",
    severity: "hint",
    title: "a menu entry that leads away from the plugin",
    host: "The path of an entry is a path of the site; it isn't relative to the base.",
    wrong: "base: /notes\nmenus:\n  - { title: Notes, icon: lucide:key, path: /archive }",
    right: "base: /notes\nmenus:\n  - { title: Notes, icon: lucide:key, path: /notes/archive }",
    fix: "put the base in front of the path, if the entry is meant to open this plugin",
    check: checkElsewhere,
  },
];

interface Entry {
  readonly node: Node;
  readonly depth: number;
}

function* entriesIn(manifest: Manifest): Iterable<Entry> {
  yield* entriesOf(manifest, topField(manifest, "menus")?.value, 1);
}

function* entriesOf(manifest: Manifest, list: Node | undefined, depth: number): Iterable<Entry> {
  for (const node of itemsOf(list)) {
    yield { node, depth };
    // Aliased entries are told where they stand first.
    if (node.kind === "map") yield* entriesOf(manifest, field(node, "items", manifest)?.value, depth + 1);
  }
}

function checkPaths(manifest: Manifest, report: Report): void {
  for (const { node } of entriesIn(manifest)) {
    const map = asMap(node);
    const key = map?.pairs[0]?.key;
    if (!map || !key) continue;
    const path = field(map, "path", manifest);
    const scalar = asScalar(path?.value);
    const text = asString(path?.value, manifest);
    if (!path && !field(map, "items", manifest)) {
      if (isBeingTyped(node, manifest) || misnamedIn(map, MENU).some(({ name }) => name === "path")) continue;
      const base = topText(manifest, "base");
      report(key, 'this menu entry has no path and opens nothing; add "path"', {
        severity: "information",
        fixes: base === undefined || base === "" ? [] : addField(manifest, map, "path", base),
      });
    } else if (scalar && text && !text.startsWith("/") && !/^[a-z]+:/i.test(text)) {
      const fixes = /^\w/.test(text) ? changeTo(manifest, scalar, `/${text}`) : [];
      report(scalar, `"${text}" is not a path of the site; begin it with "/"`, { fixes });
    }
  }
}

/** Broken syntax on a line of the entry, or on the one below, may be the path that is missing. */
function isBeingTyped({ start, end }: Node, { parsed }: Manifest): boolean {
  const { text, tree } = parsed;
  const line = text.indexOf("\n", Math.max(start, end - 1));
  const below = line < 0 ? -1 : text.indexOf("\n", line + 1);
  const last = below < 0 ? text.length : below;
  const first = text.lastIndexOf("\n", start) + 1;
  return tree.problems.some(({ span }) => span[0] <= last && span[1] >= first);
}

/** A title under another name is told at that name. */
function refineMenu(manifest: Manifest, { name, place, problem }: Misfit): Problem {
  const map = name === "title" ? asMap(place.node) : undefined;
  const found = map && misnamedIn(map, MENU).find((one) => one.name === "title");
  if (!found) return problem;
  return {
    ...problem,
    span: [found.key.start, found.key.end],
    message: `the shell knows no "${found.key.text}", and a menu item without a title breaks its sidebar; write "title"`,
    fixes: changeTo(manifest, found.key, "title"),
  };
}

function checkLooks(manifest: Manifest, report: Report): void {
  for (const { node, depth } of entriesIn(manifest)) {
    const map = asMap(node);
    for (const { key, name } of map ? misnamedIn(map, MENU) : []) {
      if (name === "title" || name === "items") continue;
      const why = name === "path" ? ", and this entry opens nothing" : "";
      report(key, `the shell knows no "${key.text}"${why}; did you mean "${name}"?`, {
        fixes: changeTo(manifest, key, name),
      });
    }
    const icon = asScalar(field(node, "icon", manifest)?.value);
    const iconText = asString(icon, manifest);
    if (icon && iconText && !/^[a-z0-9]+(-[a-z0-9]+)*:[a-z0-9]+([-_][a-z0-9]+)*$/i.test(iconText)) {
      const fixes = /^[a-z0-9]+(-[a-z0-9]+)*$/.test(iconText) ? changeTo(manifest, icon, `lucide:${iconText}`) : [];
      report(icon, `"${iconText}" is no Iconify id; write it as "set:name", such as "lucide:puzzle"`, { fixes });
    }
    const title = asScalar(field(node, "title", manifest)?.value);
    const titleText = asString(title, manifest);
    if (title && titleText && /:\s|\s.*:/.test(titleText))
      report(title, `the shell takes "${titleText}" for a translation key because of the ":"; write it without`, {
        fixes: changeTo(manifest, title, titleText.replace(/\s*:\s*/g, " – ").trim()),
      });
    const items = field(node, "items", manifest);
    const below = asMap(node)?.pairs.find(
      ({ key, value }) => value && asList(value) && NESTED.has(asScalar(key)?.text ?? ""),
    );
    const name = asScalar(below?.key);
    if (name && !items)
      report(name, `the shell knows no "${name.text}" and leaves these entries out; write "items"`, {
        fixes: changeTo(manifest, name, "items"),
      });
    if (depth === 2 && items?.key && itemsOf(items.value).length > 0)
      report(items.key, "the stock shell draws two levels of menus and leaves these entries out; move them up");
  }
}

/** What entries below an entry are called elsewhere. */
const NESTED: ReadonlySet<string> = new Set([
  "children",
  "item",
  "submenu",
  "submenus",
  "subItems",
  "menus",
  "entries",
]);

function checkElsewhere(manifest: Manifest, report: Report): void {
  const base = topText(manifest, "base");
  if (!base || base === "/" || !base.startsWith("/")) return;
  for (const { node } of entriesIn(manifest)) {
    const scalar = asScalar(field(node, "path", manifest)?.value);
    const text = asString(scalar, manifest);
    if (!scalar || !text?.startsWith("/") || text.startsWith(base)) continue;
    const better = text === "/" ? base : `${base}${text}`;
    report(scalar, `"${text}" leads away from this plugin, whose base is "${base}"; did you mean "${better}"?`, {
      fixes: changeTo(manifest, scalar, better),
    });
  }
}
