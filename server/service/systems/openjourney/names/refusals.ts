// Why a Kubernetes object can't be renamed from here. What its name means in places that kustomize doesn't follow, or that can't be
// read, nobody can tell; and a name has the form that the API server wants.

import { keyText, type Node } from "../../../text/node.js";
import { withArticle } from "../../sentence.js";
import { fromRoot } from "../../shownPath.js";
import type { Manifest } from "../../system.js";
import { renamedIds } from "../model/affixes.js";
import { worldOf } from "../model/build.js";
import type { Named } from "../model/built.js";
import { type Id, keyOf } from "../model/identity.js";
import { spanInside } from "../model/inline.js";
import { kustomizationOf, parsedFile } from "../model/kustomization.js";
import { nameReferencesIn } from "../model/nameReferences.js";
import { type KubeObject, objectsOf } from "../model/objects.js";
import { type PatchEntry, patchEntriesOf, readPatchEntry } from "../model/patchEntry.js";
import { placesOf } from "../model/placed.js";
import { mapsOf, scalarOf, textOf } from "../model/reading.js";
import { buildersOf, buildsOf, objectFiles, treeOf, treesOf } from "../model/users.js";
import { doubtInBuilds, saidIn, writtenBy } from "./doubts.js";
import { titleOf } from "./titleOf.js";

/** Whatever the new name; undefined where nothing speaks against it. */
export function refusalOfAll({ ids, origin }: Named, from: Manifest): string | undefined {
  const [id] = ids;
  const given = id && GIVEN[id.kind];
  if (given !== undefined) return given;
  const builders = buildersOf(origin.path, from.workspace);
  if (builders.length === 0)
    return `no kustomization of the workspace takes ${fromRoot(origin.path, from)} in, so nobody knows who else names the object; change it by hand`;
  for (const one of builders) if (!buildsOf(one).every(({ complete }) => complete)) return gapIn(one);
  const names = new Set(ids.map(({ name }) => name));
  for (const one of treesOf(builders)) {
    const doubt = doubtIn(one, names, id?.kind ?? "") ?? doubtInBuilds(one, { ids, origin }, names);
    if (doubt !== undefined) return doubt;
  }
  return undefined;
}

/** For one new name: its form, and who has it already. */
export function refusalOfName({ ids, origin }: Named, to: string, from: Manifest): string | undefined {
  const [id] = ids;
  if (!id || id.name === to) return undefined;
  const wrong = formOf(id, to);
  if (wrong !== undefined) return wrong;
  const keys = new Set(renamedIds(ids, to).map(keyOf));
  const own = new Set(ids.map(keyOf));
  for (const builder of buildersOf(origin.path, from.workspace)) {
    const objects = buildsOf(builder).flatMap(({ gathered, final }) => [...gathered, ...final]);
    const other = objects.find((one) => !one.ids.some((each) => own.has(keyOf(each))) && one.ids.some(isTaken));
    if (other) return `"${to}" is taken by ${titleOf(other, from)}`;
  }
  return undefined;

  function isTaken(each: Id): boolean {
    return keys.has(keyOf(each));
  }
}

const GIVEN: Readonly<Record<string, string>> = {
  Namespace: "a Namespace's name also stands in objects and clusters that aren't known here; change it by hand",
  CustomResourceDefinition: "the name of a CustomResourceDefinition is its plural and its group; change those",
  APIService: "the name of an APIService is its version and its group; change those",
};

const RBAC = ["Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding"];

/** The rules of the API server, by kind. */
function formOf({ kind, group }: Id, name: string): string | undefined {
  const said = (rule: string) => `"${name}" is no name of ${withArticle(kind)}: ${rule}`;
  if (RBAC.includes(kind) && group.startsWith("rbac."))
    return /^(?!\.{1,2}$)[^/%\s]+$/.test(name) ? undefined : said('it takes anything but "/", "%", "." and ".."');
  const isLabel = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name) && name.length <= 63;
  if (kind === "Service")
    return isLabel && /^[a-z]/.test(name)
      ? undefined
      : said('it takes up to 63 small letters, digits and "-", with a letter first and no "-" at the end');
  const isSubdomain =
    name.length <= 253 && name.split(".").every((part) => /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(part));
  return isSubdomain
    ? undefined
    : said('it takes up to 253 small letters, digits, "-" and ".", with a letter or digit at both ends of each part');
}

/** What keeps a kustomization from being followed as a whole. */
function gapIn(manifest: Manifest): string {
  for (const one of treeOf(manifest)) {
    const remote = placesOf(one).find(({ place }) => place.is === "remote");
    if (remote)
      return `${shown(one)} takes in ${remote.reference.text}, which can't be read from here and may name the object; change it by hand`;
  }
  return `${shown(manifest)} can't be followed as a whole from here, and what is missing may name the object; change it by hand`;
}

/** A place that may name the object, in a way that kustomize itself doesn't follow. */
function doubtIn(manifest: Manifest, names: ReadonlySet<string>, kind: string): string | undefined {
  const { files } = manifest.workspace;
  for (const entry of patchEntriesOf(kustomizationOf(manifest), worldOf(manifest))) {
    const reading = readPatchEntry(entry)?.reading;
    const list = reading?.is === "operations" ? reading.list : [];
    const [node] = list.flatMap((one) => writtenBy(one, names));
    if (node) return inPatch(entry, node);
  }
  for (const { file: path } of objectFiles(manifest)) {
    const parsed = parsedFile(path, files);
    if (!parsed) continue;
    const isConfiguration = mapsOf(parsed.tree.documents[0]?.root, "nameReference").some(
      (one) => textOf(one, "kind") === kind,
    );
    if (isConfiguration)
      return `${fromRoot(path, manifest)} tells kustomize of more places that name ${withArticle(kind)}; change it by hand`;
    const [node] = objectsOf(parsed).objects.flatMap((one) => unfollowed(one, names));
    if (node)
      return `${fromRoot(path, manifest)}:${lineOf(parsed.text, node.start)} says "${scalarOf(node)?.text}", and only the maker of that kind knows whether it means the object; change it by hand`;
  }
  return undefined;

  function inPatch({ source }: PatchEntry, node: Node): string {
    const [path, at] =
      source.is === "file"
        ? [source.path, lineOf(source.parsed.text, node.start)]
        : [manifest.parsed.path ?? "", lineOf(manifest.parsed.text, startIn(source, node))];
    return `${fromRoot(path, manifest)}:${at} writes "${scalarOf(node)?.text}" by a JSON patch, and whether it means the object can't be told; change it by hand`;
  }

  function startIn(source: Exclude<PatchEntry["source"], { is: "file" }>, node: Node): number {
    if (source.is !== "inline") return 0;
    return spanInside(source.scalar, manifest.parsed.text, [node.start, node.end])?.[0] ?? source.scalar.start;
  }
}

/** In an object of nobody's kind that kustomize knows. */
function unfollowed({ node, id }: KubeObject, names: ReadonlySet<string>): readonly Node[] {
  if (KNOWN.includes(id.group)) return [];
  const followed = new Set(nameReferencesIn(node, id).map((one) => one.node));
  const said = node.pairs.flatMap((pair) =>
    pair.value && keyText(pair) !== "metadata" ? saidIn(pair.value, names) : [],
  );
  return said.filter((one) => !followed.has(one));
}

/** Groups whose kinds name others only where kustomize follows, or in ways of their own. */
const KNOWN: readonly string[] = [
  "",
  "apps",
  "batch",
  "autoscaling",
  "policy",
  "extensions",
  ...["admissionregistration", "apiextensions", "apiregistration", "authorization", "coordination", "discovery"].map(
    (one) => `${one}.k8s.io`,
  ),
  ...["events", "flowcontrol.apiserver", "networking", "node", "rbac.authorization", "scheduling", "storage"].map(
    (one) => `${one}.k8s.io`,
  ),
];

const shown = (manifest: Manifest): string => fromRoot(manifest.parsed.path ?? manifest.parsed.uri, manifest);
const lineOf = (text: string, at: number): number => text.slice(0, at).split("\n").length;
