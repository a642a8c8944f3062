// Places that may name an object, and of which nobody can tell from here whether they do.

import { children, deref, keyText, type Node } from "../../../text/node.js";
import { fromRoot } from "../../shownPath.js";
import type { Manifest } from "../../system.js";
import { worldOf } from "../model/build.js";
import type { Named } from "../model/built.js";
import { keyOf, selectorOf } from "../model/identity.js";
import { type Kustomization, kustomizationOf } from "../model/kustomization.js";
import { nameReferencesIn } from "../model/nameReferences.js";
import { exact, plain } from "../model/objects.js";
import type { Build } from "../model/outcome.js";
import { type PatchEntry, patchEntriesOf, readPatchEntry } from "../model/patchEntry.js";
import { textOf } from "../model/reading.js";
import { buildsOf } from "../model/users.js";

/** Targets by a name that can't be compared, and patches inside of transformers. */
export function doubtInBuilds(manifest: Manifest, object: Named, names: ReadonlySet<string>): string | undefined {
  for (const build of buildsOf(manifest)) {
    if (entriesOf(manifest, kustomizationOf(manifest)).some((one) => isVague(one, build, object)))
      return `a target in ${pathOf(manifest)} may select the object by an expression, or by labels, that can't be followed from here; change the name by hand`;
    for (const { kustomization, build: own } of build.plugins) {
      const entries = entriesOf(manifest, kustomization);
      if (entries.some((one) => isVague(one, own, object) || isNamedIn(one, names)))
        return `${kustomization.plugin?.kind ?? "a plugin"} of ${pathOf(manifest)} patches the object from inside; change the name by hand`;
    }
  }
  return undefined;
}

const entriesOf = (manifest: Manifest, kustomization: Kustomization): readonly PatchEntry[] =>
  patchEntriesOf(kustomization, worldOf(manifest));

function isVague({ target }: PatchEntry, { gathered }: Build, { ids: [id], origin }: Named): boolean {
  if (!target || !id || (textOf(target, "name") ?? "") === "") return false;
  return gathered.some((one) => {
    const [first] = one.ids;
    const isIt = first !== undefined && one.origin.path === origin.path && keyOf(first) === keyOf(id);
    return isIt && selectorOf(target).matches(one) === undefined;
  });
}

function isNamedIn(entry: PatchEntry, names: ReadonlySet<string>): boolean {
  const reading = readPatchEntry(entry)?.reading;
  if (reading?.is === "operations") return reading.list.some((one) => writtenBy(one, names).length > 0);
  if (reading?.is !== "merge") return false;
  return reading.objects.some(
    ({ id, node }) => names.has(id.name) || nameReferencesIn(node, id).some(({ text }) => names.has(text)),
  );
}

/** In the value of an operation of a JSON patch. */
export function writtenBy(operation: Node | undefined, names: ReadonlySet<string>): readonly Node[] {
  const value = exact(operation, "value");
  const isLabel = plain(operation, "path")
    .split("/")
    .some((step) => LABELS.includes(step));
  return value && !isLabel ? saidIn(value, names) : [];
}

/** Where one of some texts stands as a value; labels aren't names. */
export function saidIn(root: Node, texts: ReadonlySet<string>): readonly Node[] {
  const found: Node[] = [];
  const open: Node[] = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    const target = deref(node);
    if (target?.kind === "scalar" && texts.has(target.text)) found.push(node);
    if (target?.kind === "list") open.push(...children(target));
    if (target?.kind === "map")
      for (const pair of target.pairs) if (pair.value && !LABELS.includes(keyText(pair) ?? "")) open.push(pair.value);
  }
  return found;
}

const LABELS = ["labels", "matchLabels", "selector"];

const pathOf = (manifest: Manifest): string => fromRoot(manifest.parsed.path ?? manifest.parsed.uri, manifest);
