// Rules about `publicRoutes`: forms that make the base answer 500, methods that are dropped, globs that never match.

import { children, deref, type Node } from "../../../text/node.js";
import { changeTo } from "../../changes.js";
import { asScalar, asString } from "../../read.js";
import type { Manifest, Report, Rule } from "../../system.js";
import { addItem, topField, topText } from "../tree.js";

export const routeRules: readonly Rule[] = [
  {
    code: "buntime/unknown-method",
    severity: "warning",
    title: "the host drops routes of this method",
    host: "Keys are ALL, DELETE, GET, HEAD, OPTIONS, PATCH, POST and PUT, in upper case; the routes of any other key are dropped without a word.",
    wrong: "publicRoutes:\n  get: [/api/public/**]",
    right: "publicRoutes:\n  GET: [/api/public/**]",
    fix: "write the method in upper case",
  },
  {
    code: "buntime/route-never-matches",
    severity: "warning",
    title: "a public route that no request matches",
    host: "The host hands the routes to the hooks of an authentication plugin, which puts the base in front and compares the whole path. `*` is any run without a slash, `**` any run, `?` one character, and a text that begins with `(` is a regular expression; everything else stands for itself.",
    wrong: "publicRoutes: [api/public/**, /notes/:id]",
    right: "publicRoutes: [/api/public/**, /notes/*]",
    fix: "begin the route with a slash and use `*` for a variable part",
    check: checkGlobs,
  },
  {
    code: "buntime/route-misses-base",
    severity: "hint",
    title: "`/**` leaves the bare base out",
    host: "The base is put in front and both ends are anchored, so /notes/** takes /notes/ and all below, but not /notes itself.",
    wrong: 'base: /notes\npublicRoutes: ["/**"]',
    right: 'base: /notes\npublicRoutes: ["/**", ""]',
    fix: "add an empty route when the bare base is to be public as well",
    check: checkBare,
  },
  {
    code: "buntime/route-repeats-base",
    severity: "information",
    title: "a public route that begins with the plugin's own base",
    host: "The stock authentication plugin puts the base in front of each route. The documentation of v0.5 calls plugin routes absolute, but no code reads them so.",
    wrong: "base: /notes\npublicRoutes: [/notes/public/**]",
    right: "base: /notes\npublicRoutes: [/public/**]",
    fix: "write the route relative to the base",
    check: checkBase,
  },
];

interface Glob {
  readonly node: Node;
  readonly text: string;
}

function globsIn(manifest: Manifest): readonly Glob[] {
  const found: Glob[] = [];
  const value = topField(manifest, "publicRoutes")?.value;
  const root = value && deref(value);
  if (root?.kind === "list") collect(root);
  else if (root?.kind === "map") for (const { value: list } of root.pairs) if (list) collect(list);
  return found;

  function collect(list: Node): void {
    const target = deref(list);
    if (target?.kind !== "list") return;
    for (const node of children(target)) {
      const text = asString(node, manifest);
      if (text !== undefined) found.push({ node, text });
    }
  }
}

function checkGlobs(manifest: Manifest, report: Report): void {
  for (const { node, text } of globsIn(manifest)) {
    const scalar = asScalar(node);
    if (!scalar || text === "") continue;
    if (text.startsWith("(")) {
      if (!isRegularExpression(text))
        report(node, `"${text}" begins with "(" and is no valid regular expression; correct it, or begin with "/"`);
    } else if (!/^[/*?]/.test(text)) {
      const fixes = /^[\w.-]/.test(text) && !text.includes("://") ? changeTo(manifest, scalar, `/${text}`) : [];
      report(node, `"${text}" matches no request, since the base is put right in front; begin it with "/"`, { fixes });
    } else if (/\/:[A-Za-z_]/.test(text)) {
      const better = text.replace(/\/:[A-Za-z_]\w*/g, "/*");
      const message = `":" has no meaning in a route and "${text}" stands for itself; write "*" for a variable part`;
      report(node, message, { fixes: changeTo(manifest, scalar, better) });
    }
  }
}

function isRegularExpression(text: string): boolean {
  try {
    return new RegExp(`^${text}$`) !== undefined;
  } catch {
    return false;
  }
}

function checkBare(manifest: Manifest, report: Report): void {
  const base = topText(manifest, "base");
  if (!base || base === "/") return;
  const routes = globsIn(manifest);
  // An empty route, or one that begins with a star, takes the base itself.
  if (routes.some(({ text }) => text === "" || /^[*?(]/.test(text))) return;
  for (const { node, text } of routes) {
    if (text === "/**")
      report(node, `"/**" takes "${base}/" and all below, but not "${base}" itself; add "" for that if it is meant`, {
        fixes: addItem(manifest, node, '""'),
      });
  }
}

function checkBase(manifest: Manifest, report: Report): void {
  const base = topText(manifest, "base");
  if (!base || base === "/") return;
  for (const { node, text } of globsIn(manifest)) {
    const scalar = asScalar(node);
    if (!scalar || !text.startsWith(`${base}/`)) continue;
    const better = text.slice(base.length);
    report(node, `public routes count from the base, so this one means "${base}${text}"; write "${better}"`, {
      fixes: changeTo(manifest, scalar, better),
    });
  }
}
