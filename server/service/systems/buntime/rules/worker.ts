// Rules about the worker fields: what passes the loader and then makes every address below the base answer 500, because
// the host checks these fields only at a request.

import { keyText, type Pair } from "../../../text/node.js";
import { addField } from "../../addition.js";
import { changeTo, writeAs } from "../../changes.js";
import type { Fix } from "../../problem.js";
import { asMap, asScalar, asString, asValue, itemsOf, placeOf } from "../../read.js";
import { removeField } from "../../removal.js";
import type { Manifest, Report, Rule } from "../../system.js";
import { lacksUnit, shown } from "../durations.js";
import { firstFile, PAGE_FALLBACKS } from "../entries.js";
import { looksSecret } from "../secretText.js";
import { topField, topText } from "../tree.js";
import { DURATIONS, millisecondsOf, type WorkerRefusal, type WorkerValues, workerRefusals } from "../workerFields.js";

export const workerRules: readonly Rule[] = [
  {
    code: "buntime/enabled-not-boolean",
    severity: "warning",
    title: "`enabled` is not true or false",
    host: "Only the boolean false disables a plugin; null and any text load it. With a base, the worker check since v0.4.0 then answers every request with 500.",
    wrong: 'enabled: "false"',
    right: "enabled: false",
    fix: "write true or false without quotes",
  },
  {
    code: "buntime/worker-field",
    severity: "error",
    title: "a worker field has a value that the host refuses",
    host: "The plugin loads, but a plugin with a base is checked as a worker at each request: one bad value turns every address below the base into a 500.",
    wrong: "base: /notes\ntimeout: -5",
    right: "base: /notes\ntimeout: 30s",
    fix: "write a value of the documented form",
  },
  {
    code: "buntime/bad-duration",
    severity: "error",
    title: "a duration that the host can't read",
    host: "Texts are read by the ms package (500ms, 30s, 1m, 2h, 1d); any other makes every address below the base answer 500.",
    wrong: 'timeout: "half a minute"',
    right: "timeout: 30s",
    fix: "write a number of seconds, or a text such as 30s",
    check: checkRefused("buntime/bad-duration"),
  },
  {
    code: "buntime/duration-without-unit",
    severity: "warning",
    title: "a quoted number counts milliseconds",
    host: "A number counts seconds, a text without a unit milliseconds.",
    wrong: 'timeout: "30"',
    right: "timeout: 30",
    fix: "remove the quotes, or add the unit",
    check: checkUnits,
  },
  {
    code: "buntime/ttl-below-timeout",
    severity: "error",
    title: "`ttl` or `idleTimeout` is shorter than `timeout`",
    host: "With a ttl above 0, both must be at least timeout (30 s when absent; idleTimeout is 60 s when absent), else every address below the base answers 500.",
    wrong: "ttl: 10s",
    right: "ttl: 1m",
    fix: "raise `ttl` and `idleTimeout`, or lower `timeout`",
    check: checkRefused("buntime/ttl-below-timeout"),
  },
  {
    code: "buntime/idle-above-ttl",
    severity: "hint",
    title: "`idleTimeout` is longer than `ttl`",
    host: "The host lowers it to ttl and logs a warning.",
    wrong: "ttl: 1m\nidleTimeout: 5m",
    right: "ttl: 5m\nidleTimeout: 1m",
    fix: "lower `idleTimeout`, or raise `ttl`",
    check: checkIdle,
  },
  {
    code: "buntime/body-size-capped",
    severity: "information",
    title: "`maxBodySize` is above what a host allows",
    host: "The host lowers it to 100 MiB and logs a warning; larger bodies get 413.",
    wrong: "maxBodySize: 1gb",
    right: "maxBodySize: 100mb",
    fix: "write 100mb or less",
    check: checkSize,
  },
  {
    code: "buntime/env-unused",
    severity: "information",
    title: "`env` reaches nobody",
    host: "The variables of `env` are given to the worker of the plugin's page alone; the code behind `pluginEntry` doesn't see them, a .env file in the plugin's folder overrides them, and of these an .html page is shown only names that begin with one of `envPrefix` (PUBLIC_ and VITE_ when absent).",
    wrong: "pluginEntry: dist/plugin.js\nenv: { NOTES_LIMIT: 5 }   # without a page",
    right: "pluginEntry: dist/plugin.js\nlimit: 5   # handed to the code as configuration",
    fix: "write the value as a key of its own, or set the variable for the host's process",
    documents: ["manifest"],
    check: checkEnv,
  },
];

/** The plain values of the fields that a worker's times come from. */
const timesIn = (manifest: Manifest): WorkerValues =>
  Object.fromEntries(
    DURATIONS.flatMap((name) => {
      const pair = topField(manifest, name);
      return pair ? [[name, asValue(pair.value, manifest) ?? null]] : [];
    }),
  );

/** Only a plugin with a base is checked as a worker. */
const severityIn = (manifest: Manifest): "error" | "information" =>
  topField(manifest, "base") ? "error" : "information";

const effect = (manifest: Manifest): string =>
  topField(manifest, "base")
    ? "the host answers each address of the plugin with 500"
    : "a plugin with a base would answer 500";

function checkRefused(code: WorkerRefusal["code"]): (manifest: Manifest, report: Report) => void {
  return (manifest, report) => {
    for (const { code: found, field, wrong, next } of workerRefusals(timesIn(manifest))) {
      const place = [field, "timeout", "ttl"].flatMap((name) => topField(manifest, name) ?? [])[0];
      if (found === code && place)
        report(placeOf(place), `${wrong}, so ${effect(manifest)}; ${next}`, {
          severity: severityIn(manifest),
          fixes: code === "buntime/ttl-below-timeout" ? asLongAs(manifest, place, "timeout") : [],
        });
    }
  };
}

/** The one time as long as the other, as that is written; where the other isn't, it is made as short. */
function asLongAs(manifest: Manifest, place: Pair, name: string): Fix[] {
  const other = topField(manifest, name);
  const own = asScalar(place.value);
  const value = asScalar(other?.value);
  const { source } = manifest.parsed;
  if (!own || other === place) return [];
  const now = asValue(own, manifest);
  if (!value)
    return typeof now === "string" || typeof now === "number"
      ? addField(manifest, asMap(manifest.root), name, now)
      : [];
  const times = timesIn(manifest);
  const isRight = (change: WorkerValues) => workerRefusals({ ...times, ...change }).length === 0;
  const [raised, lowered] = [value, own].map(({ start, end }) => source.slice(start, end));
  const field = keyText(place) ?? "";
  return [
    ...(isRight({ [field]: times[name] ?? null }) ? [writeAs(own, raised ?? "")] : []),
    ...(isRight({ [name]: times[field] ?? null })
      ? [{ ...writeAs(value, lowered ?? ""), title: `Change "${name}" to ${lowered}` }]
      : []),
  ];
}

function checkUnits(manifest: Manifest, report: Report): void {
  for (const name of DURATIONS) {
    const scalar = asScalar(topField(manifest, name)?.value);
    const value = asValue(scalar, manifest);
    if (!scalar || typeof value !== "string" || !lacksUnit(value)) continue;
    const seconds = value.trim();
    report(scalar, `the text "${value}" means ${seconds} milliseconds; write ${seconds} or "${seconds}s" for seconds`, {
      fixes: [
        { title: `Change to ${seconds} (seconds)`, edits: [{ span: [scalar.start, scalar.end], newText: seconds }] },
      ],
    });
  }
}

function checkIdle(manifest: Manifest, report: Report): void {
  const pair = topField(manifest, "idleTimeout");
  const times = timesIn(manifest);
  const [ttl, idle] = [millisecondsOf("ttl", times), millisecondsOf("idleTimeout", times)];
  if (!pair || ttl === undefined || idle === undefined || ttl <= 0 || idle <= ttl) return;
  const [own, other] = [pair, topField(manifest, "ttl")].map((one) => asScalar(one?.value));
  report(placeOf(pair), `"idleTimeout" (${shown(idle)}) is above "ttl" (${shown(ttl)}); the host lowers it to that`, {
    fixes: own && other ? [writeAs(own, manifest.parsed.source.slice(other.start, other.end))] : [],
  });
}

function checkSize(manifest: Manifest, report: Report): void {
  const pair = topField(manifest, "maxBodySize");
  const value = asValue(pair?.value, manifest);
  const bytes = typeof value === "number" ? value : typeof value === "string" ? sizeOf(value) : undefined;
  if (pair && bytes !== undefined && bytes > 100 * 1024 ** 2)
    report(placeOf(pair), `"maxBodySize" is above the 100 MiB that a host allows at most; it is lowered to that`, {
      fixes: changeTo(manifest, pair.value, "100mb"),
    });
}

/** What `envPrefix` lets through to a page; undefined when that isn't readable. */
export function prefixesOf(manifest: Manifest): readonly string[] | undefined {
  const pair = topField(manifest, "envPrefix");
  if (!pair) return ["PUBLIC_", "VITE_"];
  const texts = itemsOf(pair.value).map((item) => asString(item, manifest));
  return texts.length > 0 && texts.every((text) => text !== undefined) ? texts : undefined;
}

function sizeOf(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*([kmg]?)b?$/i.exec(text);
  return match ? Number(match[1]) * 1024 ** ["", "k", "m", "g"].indexOf((match[2] ?? "").toLowerCase()) : undefined;
}

function checkEnv(manifest: Manifest, report: Report): void {
  const env = topField(manifest, "env");
  const { folder, workspace } = manifest;
  const map = asMap(env?.value);
  if (!env?.key || !map?.pairs.length || folder === undefined || workspace.files.kind(folder) !== "directory") return;
  if (!topField(manifest, "entrypoint") && !firstFile(folder, PAGE_FALLBACKS, workspace.files)) {
    report(env.key, 'only a page gets "env", and this plugin has none; hand values to the code as keys of their own');
    return;
  }
  const page = topText(manifest, "entrypoint");
  const prefixes = prefixesOf(manifest);
  if (page?.endsWith(".html") && prefixes)
    for (const { key, value } of map.pairs) {
      const name = asScalar(key)?.text ?? "";
      if (!key || name === "" || prefixes.some((prefix) => name.startsWith(prefix))) continue;
      // What is no value of a variable, or none for a browser, is told as such.
      const text = asString(value, manifest);
      if (!asScalar(value) || (text !== undefined && looksSecret(name, text, ["env", name]))) continue;
      report(
        key,
        `a page gets variables that begin with ${prefixes.map((one) => `"${one}"`).join(" or ")} only, so "${name}" reaches nobody; rename it, or list its prefix in "envPrefix"`,
      );
    }
  const other = workspace.files.read(`${folder}/.env`) ?? "";
  const names = new Set(other.split("\n").map((line) => /^\s*(?:export\s+)?([\w.-]+)\s*=/.exec(line)?.[1]));
  for (const pair of map.pairs) {
    const name = keyText(pair);
    if (pair.key && name !== undefined && names.has(name))
      report(
        pair.key,
        `the .env file beside the manifest sets "${name}" too, and that value counts; keep one of them`,
        {
          fixes: removeField(manifest, pair),
        },
      );
  }
}
