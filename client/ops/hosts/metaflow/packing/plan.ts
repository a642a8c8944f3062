// What of a plugin's folder a Metaflow UI service would serve: the files at its top, and nothing else goes in. Where the entry has
// `paths`, each of those folders is such a top.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { metaflow } from "../../../../../server/service/index.js";
import type { PackingFor } from "../../../pack/packer.js";
import { contentsDigest, type LeftOut, type PackPlan, type PlannedFile, type PlanOptions } from "../../../pack/plan.js";
import type { KeptOut, Needed } from "../../../pack/rules.js";
import { planFolder } from "../../../pack/walk.js";
import { notInRemote, workingCopy } from "../../../transports/git/workingCopy.js";
import type { Finding, HostConfig } from "../../host.js";
import { ownText } from "../../hostFields.js";
import { type Entry, readPlugins } from "../pluginsFile.js";
import { keptEntry, type Part, pathsOf } from "../shipment.js";
import { type ReadManifest, readManifest } from "./manifest.js";

export interface MetaflowPlan extends PackPlan {
  readonly system: "metaflow";
  readonly identifier: string;
  readonly entry: Entry;
  readonly parts: readonly Part[];
}

export async function planPlugin(folder: string, options: PlanOptions & PackingFor): Promise<MetaflowPlan> {
  const root = path.resolve(folder);
  const identifier = path.basename(root);
  const entry = keptEntry(await entryOn(options.host, identifier));
  const tops = pathsOf(entry);
  const manifests = await Promise.all(tops.map((inside) => manifestIn(root, inside)));
  const needed = (await Promise.all(manifests.map((one, at) => neededBy(root, tops[at] ?? "", one)))).flat();
  const walked = await planFolder(root, { ...options, system: "metaflow", needed, keptOut: keptOut(tops) });
  const { files, leftOut } = served(walked.files, walked.leftOut, tops);
  const parts = manifests.flatMap(({ part }) => part ?? []);
  const [first] = parts;
  return {
    ...walked,
    system: "metaflow",
    identifier,
    entry,
    parts,
    files,
    leftOut,
    bytes: files.reduce((sum, file) => sum + file.bytes, 0),
    contents: contentsDigest(files),
    // A repository of several plugins goes by its identifier, all else by its manifest.
    ...(first === undefined ? {} : { name: parts.length > 1 ? identifier : first.name, version: first.version }),
    findings: [
      ...manifests.flatMap(({ findings }) => findings),
      ...manifests.flatMap((one, at) => missingEntrypoint(one, tops[at] ?? "", files)),
      ...identifierFindings(identifier),
      ...walked.findings,
      ...(await repositoryFindings(root, identifier, entry, options)),
    ],
  };
}

/** The entry in the host's own configuration; without one, the simplest there is. */
async function entryOn(host: HostConfig | undefined, identifier: string): Promise<Entry> {
  const file = host === undefined ? undefined : ownText(host, "pluginsFile");
  if (file === undefined) return {};
  return (await readPlugins(file, "package")).entries.get(identifier) ?? {};
}

async function manifestIn(root: string, inside: string): Promise<ReadManifest> {
  const text = await readFile(path.join(root, inside, "manifest.json"), "utf8").catch(() => undefined);
  return readManifest(text, inside);
}

/** The manifest, the page, and the page's own scripts and styles, which a build often writes where git ignores them. */
async function neededBy(root: string, inside: string, { entrypoint }: ReadManifest): Promise<readonly Needed[]> {
  const at = (name: string) => (inside === "" ? name : `${inside}/${name}`);
  const manifest = { under: at("manifest.json"), why: "the manifest" };
  if (entrypoint === undefined) return [manifest];
  const html = await readFile(path.join(root, inside, entrypoint), "utf8").catch(() => "");
  const parts = metaflow.readPage(html).references.flatMap(({ address }) => {
    const target = metaflow.referenceTarget(address);
    return target.kind === "top" ? [{ under: at(target.name), why: `named by ${entrypoint}` }] : [];
  });
  return [manifest, { under: at(entrypoint), why: "the entrypoint" }, ...parts];
}

const subfolder = "only files at the plugin's top are served";

/** Spares the walk the folders below the only top. */
function keptOut(tops: readonly string[]): readonly KeptOut[] {
  return tops.length === 1 && tops[0] === "" ? [{ pattern: "/*/", why: subfolder }] : [];
}

function served(files: readonly PlannedFile[], leftOut: readonly LeftOut[], tops: readonly string[]) {
  const ruleFor = (file: PlannedFile): string | undefined => {
    const name = path.posix.basename(file.path);
    if (name.startsWith(".")) return "dot files are never served";
    const folder = path.posix.dirname(file.path).replace(/^\.$/, "");
    return tops.includes(folder) ? undefined : subfolder;
  };
  const out = files.flatMap((file) => {
    const rule = ruleFor(file);
    return rule === undefined ? [] : [{ path: file.path, rule }];
  });
  return { files: files.filter((file) => ruleFor(file) === undefined), leftOut: [...leftOut, ...out] };
}

function missingEntrypoint(
  { entrypoint }: ReadManifest,
  inside: string,
  files: readonly PlannedFile[],
): readonly Finding[] {
  const file = inside === "" ? (entrypoint ?? "") : `${inside}/${entrypoint}`;
  if (entrypoint === undefined || files.some((one) => one.path === file)) return [];
  const message = `"${file}", the entrypoint, is not among the files; build it beside manifest.json or correct the entrypoint`;
  return [{ severity: "error", code: "package/entry-missing", message, file }];
}

function identifierFindings(identifier: string): readonly Finding[] {
  if (identifier !== "auth" && metaflow.isPlainIdentifier(identifier) && !identifier.startsWith(".")) return [];
  const message = `the folder's name "${identifier}" can't be an entry of PLUGINS; rename the folder`;
  return [{ severity: "error", code: "metaflow/identifier", message }];
}

/** A host that gets the plugin from its repository gets what was pushed there, not this folder. */
async function repositoryFindings(
  folder: string,
  identifier: string,
  { repository, ref }: Entry,
  { signal, tools }: PlanOptions & PackingFor,
): Promise<readonly Finding[]> {
  if (typeof repository !== "string" || repository === "") return [];
  const executables = tools?.executables;
  const copy = await workingCopy({ folder, ...(signal && { signal }), ...(executables && { executables }) });
  const missing = copy === undefined ? [] : notInRemote(copy);
  const message = `the entry "${identifier}" has a repository: the host fetches ${String(ref ?? "origin/master")} from there, and no file of this folder is sent`;
  return [
    { severity: "information", code: "metaflow/from-repository", message },
    ...missing.map((words): Finding => ({ severity: "warning", code: "metaflow/not-pushed", message: words })),
  ];
}
