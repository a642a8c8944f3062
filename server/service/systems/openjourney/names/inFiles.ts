// What a file of objects, patches or replacements names: the objects that it defines, those that its patches change, and those
// that the objects name themselves, each as the kustomizations find them that take the file in.

import { lookUp } from "../../../text/grouped.js";
import type { MapNode, Node } from "../../../text/node.js";
import { remember } from "../../../text/remember.js";
import type { Mention } from "../../mention.js";
import { type NamedText, namedText } from "../../named.js";
import type { Manifest } from "../../system.js";
import { selectedIn } from "../model/around.js";
import { worldOf } from "../model/build.js";
import type { Built } from "../model/built.js";
import { keyOf } from "../model/identity.js";
import { kustomizationOf } from "../model/kustomization.js";
import { nameReferencesIn } from "../model/nameReferences.js";
import { exact, type KubeObject, objectsOf } from "../model/objects.js";
import { bareImage, imagesAt } from "../model/original.js";
import type { Build } from "../model/outcome.js";
import { patchEntriesOf } from "../model/patchEntry.js";
import { placesOf } from "../model/placed.js";
import { itemsIn, mapOf } from "../model/reading.js";
import { referredTo } from "../model/referred.js";
import { buildsOf, directUsers, usersOf } from "../model/users.js";
import { objectMention } from "./objectMention.js";
import { mentionsAt, selectorMentions, type View } from "./selectors.js";

export const mentionsInFile = remember((manifest: Manifest): readonly Mention[] => {
  const { path } = manifest.parsed;
  if (path === undefined) return [];
  const objects = objectsOf(manifest.parsed).objects;
  const builds = usersOf(path, manifest.workspace).flatMap((user) => buildsOf(user));
  return distinct([
    ...(isDefining(manifest, builds, path) ? objects.flatMap((one) => definition(manifest, one, builds)) : []),
    ...builds.flatMap((build) => namedByObjects(manifest, build, path)),
    ...directUsers(path, manifest.workspace).flatMap((user) => namedByUser(manifest, user, path)),
    ...objects.flatMap((one) => imagesIn(one)),
  ]);
});

/** A plugin's own manifest counts before any kustomization takes it in; a patch defines nothing. */
const isDefining = ({ kind }: Manifest, builds: readonly Build[], path: string): boolean =>
  kind.id === "object" || builds.some((build) => objectsAt(build, path).length > 0);

const objectsAt = (build: Build, path: string): readonly Built[] => inFile(build.final, path);

const inFile = lookUp(({ path }: Built) => (path === undefined ? [] : [path]));

function definition(manifest: Manifest, { id, node, span }: KubeObject, builds: readonly Build[]): Mention[] {
  const name = exact(exact(node, "metadata"), "name");
  const path = manifest.parsed.path ?? manifest.parsed.uri;
  const built = builds
    .flatMap((build) => objectsAt(build, path))
    .find((one) => one.origin.span[0] === span[0] && one.ids[0]?.kind === id.kind);
  if (!name) return [];
  return [
    objectMention(
      manifest,
      built ?? { ids: [id], origin: { path, span } },
      namedText(manifest, name),
      id.name,
      "definition",
    ),
  ];
}

/** The names inside of the file's own objects. */
function namedByObjects(manifest: Manifest, build: Build, path: string): readonly Mention[] {
  const byStart = new Map(objectsOf(manifest.parsed).objects.map((one) => [one.span[0], one]));
  return objectsAt(build, path).flatMap((built) => {
    const object = byStart.get(built.origin.span[0]);
    return object ? namedIn(manifest, object, built, build, (node) => namedText(manifest, node)) : [];
  });
}

/** What a patch of a kustomization, or a file of its replacements, names. */
function namedByUser(manifest: Manifest, user: Manifest, path: string): readonly Mention[] {
  const textAt = (node: Node) => namedText(manifest, node);
  return buildsOf(user).flatMap((build) => [
    ...patchEntriesOf(kustomizationOf(user), worldOf(user)).flatMap((entry) => {
      if (entry.source.is !== "file" || entry.source.path !== path) return [];
      return namedByPatch(manifest, objectsOf(manifest.parsed).objects, entry.target, build, textAt);
    }),
    ...placesOf(user).flatMap(({ reference, place }) => {
      const isHere = reference.field === "replacements.path" && place.is === "file" && place.path === path;
      return isHere ? selectorMentions({ from: manifest, root: replacements(manifest), build, textAt }) : [];
    }),
    ...build.plugins.flatMap(({ kustomization: { parsed, root }, build: own }) =>
      parsed.path === path ? selectorMentions({ from: manifest, root, build: own, textAt }) : [],
    ),
  ]);
}

/** One replacement, or a list of them, as the field that holds them inline. */
function replacements({ parsed }: Manifest): MapNode | undefined {
  const root = parsed.tree.documents[0]?.root;
  if (!root) return undefined;
  const { start, end } = root;
  const items = itemsIn(root) ?? [mapOf(root)];
  const key: Node = { kind: "scalar", text: "replacements", style: "plain", start, end: start };
  const value: Node = { kind: "list", flow: false, start, end, items };
  return { kind: "map", flow: false, start, end, pairs: [{ start, end, key, value }] };
}

/** The objects that a merge patch changes, and those named in what it writes. */
export function namedByPatch(
  from: Manifest,
  objects: readonly KubeObject[],
  target: MapNode | undefined,
  build: Build,
  textAt: View["textAt"],
): readonly Mention[] {
  const aims = target ? selectedIn(build, target, "expressions") : [];
  return objects.flatMap((object) => {
    const hit = target ? undefined : byKey(build).get(keyOf(object.id));
    const name = exact(exact(object.node, "metadata"), "name");
    const own = name && hit ? mentionsAt({ from, root: undefined, build, textAt }, name, [hit]) : [];
    const changed = hit ? [hit] : aims.slice(0, MOST_AIMS);
    const now = changed.map((one) => build.final.find(({ origin }) => origin === one.origin) ?? one);
    return [...own, ...now.flatMap((one) => namedIn(from, object, one, build, textAt))];
  });
}

const MOST_AIMS = 20;

const byKey = remember((build: Build): ReadonlyMap<string, Built> => {
  const found = new Map<string, Built>();
  for (const one of build.gathered) for (const id of one.ids) found.set(keyOf(id), one);
  return found;
});

function namedIn(
  from: Manifest,
  { node, id }: KubeObject,
  referrer: Built,
  build: Build,
  textAt: View["textAt"],
): readonly Mention[] {
  return nameReferencesIn(node, id).flatMap((reference) => {
    const at: NamedText | undefined = textAt(reference.node);
    if (!at) return [];
    return referredTo(build, referrer, reference).map((object) => objectMention(from, object, at, reference.text));
  });
}

const imagesIn = ({ node }: KubeObject): Mention[] =>
  imagesAt(node).map(({ text, span }) => ({ kind: "image", name: bareImage(text), role: "reference", span }));

/** Several kustomizations find the same. */
export function distinct(mentions: readonly Mention[]): readonly Mention[] {
  const seen = new Set<string>();
  return mentions.filter(({ kind, name, span }) => {
    const key = `${kind} ${span[0]} ${name}`;
    return !seen.has(key) && seen.add(key);
  });
}
