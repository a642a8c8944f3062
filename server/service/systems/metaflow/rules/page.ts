// Rules about what the entrypoint's page needs at run time: files that the service never serves, and the registration
// without which nothing shows. All are told at the manifest's entrypoint.

import { nearest } from "../../../text/nearest.js";
import { dirname } from "../../../text/paths.js";
import { byCount } from "../../sentence.js";
import type { Manifest, Report, Rule } from "../../system.js";
import { type PluginPage, pluginPage } from "../pluginPage.js";
import { HELPER } from "../words.js";
import { topFiles } from "./entrypoint.js";
import { readdressed, targets, tell } from "./pageNeeds.js";

export const pageRules: readonly Rule[] = [
  {
    code: "metaflow/subfolder-file",
    severity: "warning",
    title: "the page needs a file in a subfolder",
    host: "The service serves only files at the top of the plugin's folder (2.5.1); every address with a further slash is a 404.",
    wrong: '<script src="assets/app.js"></script>',
    right: '<script src="app.js"></script>',
    fix: "have the build write flat output, for Vite build.assetsDir = ''",
    documents: ["manifest"],
    check: subfolderFile,
  },
  {
    code: "metaflow/rooted-file",
    severity: "warning",
    title: "the page asks for its own file at the service's root",
    host: "An address that begins with a slash counts from the service, not from the plugin; the service answers it with the application's own page.",
    wrong: '<script src="/app.js"></script>',
    right: '<script src="app.js"></script>',
    fix: "use relative addresses, for Vite base = './'",
    documents: ["manifest"],
    check: rootedFile,
  },
  {
    code: "metaflow/page-file-missing",
    severity: "warning",
    title: "a file that the page loads does not exist",
    host: "The service answers 404; the page runs without the file.",
    fix: "add the file at the top of the plugin's folder, or correct its name",
    documents: ["manifest"],
    check: fileMissing,
  },
  {
    code: "metaflow/stale-gzip",
    severity: "warning",
    title: "a compressed twin is older than its file",
    host: "Where name.gz stands beside name, the service sends the compressed one to every browser that accepts gzip, so changes of the file itself don't show.",
    fix: "compress the file again, or remove the .gz",
    documents: ["manifest"],
    check: staleGzip,
  },
  {
    code: "metaflow/helper-missing",
    severity: "warning",
    title: `the page loads ${HELPER}, which isn't there`,
    host: "Each plugin brings its own copy of the helper; the service doesn't provide it. Without it the plugin never registers.",
    fix: `copy ${HELPER} from the page's repository beside the entrypoint`,
    documents: ["manifest"],
    check: helperMissing,
  },
  {
    code: "metaflow/helper-outdated",
    severity: "warning",
    title: "the plugin speaks an old version of the page's protocol",
    host: "Below 0.13.0, or without a version, the page (1.3.14) ignores the registration and shows nothing; below 1.1.0 it registers the plugin with a warning in the console and sends records where old plugins expect lists.",
    fix: `replace ${HELPER} with version 1.2.0`,
    documents: ["manifest"],
    check: helperOutdated,
  },
  {
    code: "metaflow/never-registers",
    severity: "warning",
    title: "the page never registers",
    host: "The page shows a plugin only after its message PluginRegisterEvent, which the helper sends on onReady(). One that never sends it stays hidden, without an error.",
    right: "Metaflow.onReady((entry, resource) => Metaflow.setHeight());",
    fix: `load ${HELPER} and call Metaflow.onReady(), or post PluginRegisterEvent`,
    documents: ["manifest"],
    check: neverRegisters,
  },
];

type Where = readonly [manifest: Manifest, report: Report];

function subfolderFile(...[manifest, report]: Where): void {
  const found = pluginPage(manifest);
  const deep = targets(found).flatMap(({ target }) => (target.kind === "subfolder" ? [target.path] : []));
  tell(
    found,
    report,
    deep,
    (list) =>
      `the page needs ${list}, but the service serves only files at the top of the plugin's folder; build flat output`,
  );
}

function rootedFile(...[manifest, report]: Where): void {
  const found = pluginPage(manifest);
  const { files } = manifest.workspace;
  const own = targets(found).flatMap(({ target }) => {
    if (target.kind !== "rooted" || !found) return [];
    return files.kind(`${dirname(found.path)}${target.path}`) === "file" ? [target.path] : [];
  });
  // What lies deeper isn't served at all.
  const edits = [...new Set(own)].flatMap((path) =>
    found && !path.slice(1).includes("/") ? readdressed(found, path, path.slice(1)) : [],
  );
  tell(
    found,
    report,
    own,
    (list) =>
      `the page asks for ${list} at the service's root, where the plugin's files aren't; use relative addresses`,
    edits.length > 0 ? [{ title: "Write relative addresses in the page", edits }] : [],
  );
}

function fileMissing(...[manifest, report]: Where): void {
  const found = pluginPage(manifest);
  const absent = absentFiles(manifest, found).filter((name) => name !== HELPER);
  const [only] = absent;
  const near = only !== undefined && absent.length === 1 ? nearest(only, topFiles(manifest) ?? []) : [];
  const fixes = near.flatMap((name) => {
    const edits = found && !name.startsWith(".") ? readdressed(found, only ?? "", name) : [];
    return edits.length > 0 ? [{ title: `Change to "${name}" in the page`, edits }] : [];
  });
  tell(
    found,
    report,
    absent,
    (list, names) =>
      `the page loads ${list}, which ${byCount(names, "isn't", "aren't")} at the top of the plugin's folder; build the plugin or correct the ${byCount(names, "name", "names")}`,
    fixes,
  );
}

function helperMissing(...[manifest, report]: Where): void {
  const found = pluginPage(manifest);
  const absent = absentFiles(manifest, found).filter((name) => name === HELPER);
  tell(
    found,
    report,
    absent,
    (list) =>
      `the page loads ${list}, which isn't at the top of the plugin's folder; the service doesn't provide it, copy it there`,
  );
}

function absentFiles(manifest: Manifest, found: PluginPage | undefined): string[] {
  const names = found && topFiles(manifest);
  if (!names) return [];
  const served = new Set(names.filter((name) => !name.startsWith(".")));
  return targets(found).flatMap(({ reference, target }) =>
    target.kind === "top" && reference.kind !== "other" && !served.has(target.name) ? [target.name] : [],
  );
}

function staleGzip(...[manifest, report]: Where): void {
  const found = pluginPage(manifest);
  const { files } = manifest.workspace;
  const names = found && topFiles(manifest);
  const stale = (names ?? []).filter((name) => {
    const twin = name.endsWith(".gz") ? files.stat(`${manifest.folder}/${name}`) : undefined;
    const file = twin && files.stat(`${manifest.folder}/${name.slice(0, -3)}`);
    return file !== undefined && twin !== undefined && twin.modified < file.modified;
  });
  tell(
    found,
    report,
    stale,
    (list) =>
      `the service sends ${list} to browsers in place of the newer file without .gz; compress it again or remove it`,
  );
}

function helperOutdated(...[manifest, report]: Where): void {
  const found = pluginPage(manifest);
  if (!found) return;
  const text = found.helper ?? found.scripts.find((one) => REGISTER.test(one));
  if (text === undefined || !REGISTER.test(text)) return;
  const version = /\bapi["']?\s*:\s*["'](\d[^"']*)["']/.exec(text)?.[1];
  const what = found.helper === undefined ? "the plugin" : HELPER;
  if (version === undefined) {
    const isOld = found.helper !== undefined && !/\bversion\b/i.test(text);
    if (isOld) report(found.entrypoint, `${what} tells no version, and today's page ignores it; replace it with 1.2.0`);
  } else if (isBelow(version, [0, 13, 0])) {
    report(
      found.entrypoint,
      `${what} speaks version ${version}, which the page ignores (0.13.0 at least); replace it with 1.2.0`,
    );
  } else if (isBelow(version, [1, 1, 0])) {
    report(
      found.entrypoint,
      `${what} speaks version ${version}, which the page takes with a warning (1.1.0 wanted); replace it with 1.2.0`,
    );
  }
}

const REGISTER = /PluginRegisterEvent/;

function isBelow(version: string, floor: readonly number[]): boolean {
  const parts = version.split(".").map((part) => Number.parseInt(part, 10));
  for (const [at, wanted] of floor.entries()) {
    const part = parts[at] ?? Number.NaN;
    // The page's own comparison: a part that is missing fails, unless an earlier one has decided.
    if (Number.isNaN(part)) return true;
    if (part !== wanted) return part < wanted;
  }
  return false;
}

function neverRegisters(...[manifest, report]: Where): void {
  const found = pluginPage(manifest);
  if (!found?.isComplete) return;
  const registers = found.scripts.some((text) => REGISTER.test(text) || /\b(onReady|register)\b/.test(text));
  if (!registers)
    report(
      found.entrypoint,
      `nothing in the page registers the plugin, so it is never shown; load ${HELPER} and call Metaflow.onReady()`,
    );
}
