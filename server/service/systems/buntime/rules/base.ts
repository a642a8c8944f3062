// Rules about `base`: its form, reserved ones, and bases that another plugin of the workspace or of a host has.

import { changeTo } from "../../changes.js";
import type { Fix } from "../../problem.js";
import { asMap, asScalar, asValue, placeOf } from "../../read.js";
import { removeField } from "../../removal.js";
import type { Manifest, Report, Rule } from "../../system.js";
import { isBase, nearBase } from "../bases.js";
import { directoryOf, graphOf } from "../graph.js";
import { ownBase } from "../ownNames.js";
import { topField, topText } from "../tree.js";

export const baseRules: readonly Rule[] = [
  {
    code: "buntime/base-invalid",
    severity: "error",
    title: "the base has a form that the host refuses",
    host: "The plugin isn't loaded, its dependents are skipped and the rest loads. An empty base is refused since v0.5.3; before that it was taken, and in some versions swallowed the traffic of all apps.",
    wrong: "base: notes/api/",
    right: "base: /notes",
    fix: "write `/` and one segment of letters, digits, `_` and `-`; leave the key out for a plugin with hooks only",
    check: checkForm,
  },
  {
    code: "buntime/base-reserved",
    severity: "warning",
    title: "the base is reserved on some hosts",
    host: "A host refuses the path of its own management API: /api without a prefix, /_ with the prefix of the chart. /health is listed as reserved, but hosts take it (Buntime v0.5.4).",
    wrong: "base: /api",
    right: "base: /notes",
    fix: "choose another base",
    check: checkReserved,
  },
  {
    code: "buntime/base-root",
    severity: "hint",
    title: "base / answers one path only",
    host: "A plugin with base / answers exactly the path /, nothing below it.",
    wrong: "base: /",
    right: "base: /home",
    fix: "choose a base of one segment when the plugin has more than one route",
    check(manifest, report) {
      const pair = topField(manifest, "base");
      if (pair && topText(manifest, "base") === "/")
        report(
          placeOf(pair),
          'a plugin with base "/" answers only the path "/"; a base of one segment answers all below',
          { fixes: otherBase(manifest) },
        );
    },
  },
  {
    code: "buntime/base-taken",
    severity: "warning",
    title: "another plugin has the same base",
    host: "A reload refuses nothing: the plugin that was loaded first answers. If both export routes the next start of the host fails, and with it every plugin.",
    wrong: "base: /notes   # in two plugins",
    right: "base: /notes-archive",
    fix: "give one of them another base",
    documents: ["manifest"],
    check: checkTaken,
  },
];

function checkForm(manifest: Manifest, report: Report): void {
  const pair = topField(manifest, "base");
  const node = asScalar(pair?.value);
  const value = asValue(node, manifest);
  if (!pair || !node || (typeof value !== "number" && typeof value !== "string")) return;
  if (typeof value === "string" && isBase(value)) return;
  const isOff = asValue(topField(manifest, "enabled")?.value, manifest) === false;
  const severity = isOff ? "warning" : "error";
  if (node.text.trim() === "") {
    const message =
      'an empty base keeps the plugin from loading since v0.5.3; leave "base" out for a plugin with hooks only';
    report(placeOf(pair), message, { severity, fixes: [...otherBase(manifest), ...removeField(manifest, pair)] });
    return;
  }
  const near = nearBase(node.text);
  const message = `"${node.text}" is not a base and the host doesn't load the plugin; write "/" and one segment, such as "${near ?? "/notes"}"`;
  report(node, message, { severity, ...(near !== undefined && { fixes: changeTo(manifest, node, near) }) });
}

/** The base that goes with the plugin's own name, where it isn't the one that is written. */
function otherBase(manifest: Manifest): Fix[] {
  const node = asScalar(topField(manifest, "base")?.value);
  const base = ownBase(manifest);
  return node && base !== undefined && base !== node.text ? changeTo(manifest, node, base) : [];
}

const RESERVED: Readonly<Record<string, string>> = {
  "/api": 'a host without an API prefix refuses the base "/api", which is its own; choose another one',
  "/_": 'a host with the usual API prefix refuses the base "/_", which is its own; choose another one',
  "/health": 'Buntime lists the base "/health" as reserved, though hosts take it; choose another one',
};

function checkReserved(manifest: Manifest, report: Report): void {
  const pair = topField(manifest, "base");
  const base = topText(manifest, "base");
  const message = base === undefined ? undefined : RESERVED[base];
  if (!pair || !message) return;
  const severity = base === "/health" ? "information" : "warning";
  report(placeOf(pair), message, { severity, fixes: otherBase(manifest) });
}

function checkTaken(manifest: Manifest, report: Report): void {
  const pair = topField(manifest, "base");
  const base = topText(manifest, "base");
  if (!pair || base === undefined || !isBase(base) || !asMap(manifest.root)) return;
  const { own, based } = graphOf(manifest);
  if (own && !own.enabled) return;
  const others = own ? based(base).filter((one) => one.name !== own.name) : [];
  const beside = others.find((one) => own && directoryOf(one) === directoryOf(own));
  const other = beside ?? others[0];
  if (other) {
    const related = [
      { message: `"${base}" stands here too`, path: other.path, span: other.baseSpan ?? ([0, 1] as const) },
    ];
    const message = `"${other.name ?? other.path}" has the base "${base}" too; a host with both sends requests to the first one, and doesn't start when both have routes`;
    const severity = beside ? "warning" : "information";
    report(placeOf(pair), message, { related, severity, fixes: otherBase(manifest) });
    return;
  }
  const name = topText(manifest, "name");
  for (const host of manifest.workspace.hosts) {
    if (host.system !== "buntime") continue;
    const taken = host.plugins.find((one) => one.base === base && one.name !== name);
    if (taken) {
      report(
        placeOf(pair),
        `on "${host.name}" the plugin "${taken.name}" has the base "${base}"; choose another one before an upload there`,
        { fixes: otherBase(manifest) },
      );
      return;
    }
  }
}
