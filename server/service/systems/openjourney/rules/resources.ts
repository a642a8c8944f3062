// What the files behind resources hold: objects, or something that kustomize can't take; and objects that stand twice.

import type { Node } from "../../../text/node.js";
import { basename, relativeTo, resolve } from "../../../text/paths.js";
import { remember } from "../../../text/remember.js";
import type { Fix } from "../../problem.js";
import type { Manifest, Report, Rule } from "../../system.js";
import { removeEntry } from "../fixes/entries.js";
import { buildOf } from "../model/build.js";
import { showId } from "../model/identity.js";
import { NAMES, parsedFile } from "../model/kustomization.js";
import { exact, type Flaw, type ObjectsRead, objectsOf, plain } from "../model/objects.js";
import { CAME_FROM, placesIn } from "../model/placed.js";
import { mapOf, pairOf, spotIn, spotOf, stringsOf } from "../model/reading.js";
import type { Reference } from "../model/references.js";

const RESOURCE_FIELDS = ["resources", "bases"];

const listedIn = remember((manifest: Manifest) => RESOURCE_FIELDS.flatMap((field) => placesIn(manifest, field)));

interface Read {
  readonly reference: Reference;
  readonly path: string;
  readonly read: ObjectsRead;
}

/** Files listed as resources, kustomization files left out. */
const resourceFiles = remember((manifest: Manifest): readonly Read[] =>
  listedIn(manifest).flatMap(({ reference, place }) => {
    if (place.is !== "file" || isKustomizationFile(place.path)) return [];
    const parsed = parsedFile(place.path, manifest.workspace.files);
    return parsed ? [{ reference, path: place.path, read: objectsOf(parsed) }] : [];
  }),
);

const isKustomizationFile = (path: string): boolean => NAMES.some((name) => name === basename(path));

function flawed(code: Flaw["code"], next: string) {
  return (manifest: Manifest, report: Report): void => {
    for (const { reference, path, read } of resourceFiles(manifest)) {
      const [flaw] = read.flaws;
      if (flaw?.code === code)
        tell(manifest, report, reference, path, flaw, `kustomize can't take "${reference.text}"`, next);
    }
  };
}

/** What the output stumbles over: a mistake in a file of this kustomization's own that nothing takes away before. */
function lateFlaws(manifest: Manifest, report: Report): void {
  const files = resourceFiles(manifest).filter(({ read }) => read.flaws.length === 0 && read.late.length > 0);
  // Whoever builds a base writes the output, and may have taken the mistake away.
  if (files.length === 0 || CAME_FROM.has(manifest)) return;
  const left = new Set(buildOf(manifest).final.flatMap(({ late }) => late));
  for (const { reference, path, read } of files) {
    const fatal = read.late.find((flaw) => left.has(flaw));
    const flaw = fatal ?? read.late[0];
    if (fatal)
      tell(manifest, report, reference, path, fatal, `kustomize can't take "${reference.text}"`, "mend the file");
    else if (flaw)
      tell(
        manifest,
        report,
        reference,
        path,
        flaw,
        `"${reference.text}" has a mistake that is taken away before the output`,
        SPARED,
        {
          severity: "warning",
        },
      );
  }
}

const SPARED = "kustomize may stumble over it, mend the file";

function tell(
  manifest: Manifest,
  report: Report,
  reference: Reference,
  path: string,
  flaw: Flaw,
  head: string,
  next: string,
  more: { readonly severity?: "warning" } = {},
): void {
  const parsed = parsedFile(path, manifest.workspace.files);
  const line = (parsed?.document.positionAt(flaw.span[0]).line ?? 0) + 1;
  report(reference.span, `${head}: ${flaw.why} (line ${line}); ${next}`, {
    ...more,
    related: [{ message: flaw.why, path, span: flaw.span }],
  });
}

export const resourceRules: readonly Rule[] = [
  {
    code: "openjourney/resource-not-yaml",
    severity: "error",
    title: "a resource file is not readable YAML",
    host: "kustomize parses every resource file; broken YAML and a key that stands twice fail the build.",
    fix: "mend the file at the line that the message names",
    check(manifest, report) {
      flawed("resource-not-yaml", "mend the file")(manifest, report);
      lateFlaws(manifest, report);
    },
  },
  {
    code: "openjourney/resource-not-object",
    severity: "error",
    title: "a resource file holds something that is no Kubernetes object",
    host: "Each document of a resource file needs kind and metadata.name (kinds that end in List need no name); anything else fails the build.",
    wrong: "replicaCount: 2",
    right: "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings",
    fix: "give the document kind and metadata.name, or take the file out of resources",
    check: flawed("resource-not-object", "every document needs kind and metadata.name"),
  },
  {
    code: "openjourney/kustomization-as-file",
    severity: "error",
    title: "a kustomization file is listed instead of its folder",
    host: "kustomize reads the file as an object: without metadata.name the build fails, with one it prints the kustomization itself.",
    wrong: "resources:\n- ../base/kustomization.yaml",
    right: "resources:\n- ../base",
    fix: "name the folder",
    check(manifest, report) {
      for (const { reference, place } of listedIn(manifest)) {
        if (place.is !== "file" || !isKustomizationFile(place.path)) continue;
        const parsed = parsedFile(place.path, manifest.workspace.files);
        if (!parsed) continue;
        const root = mapOf(parsed.tree.documents[0]?.root);
        const builds = plain(root, "kind") !== "" && plain(exact(root, "metadata"), "name") !== "";
        const folder = reference.text.replace(/\/?[^/]*$/, "");
        const { text, span } = reference;
        report(
          span,
          builds
            ? `kustomize takes "${text}" for an object and prints it as one; name the folder instead`
            : `kustomize reads "${text}" as an object and fails; name the folder instead`,
          {
            ...(builds && { severity: "warning" }),
            ...(folder !== "" && { fixes: [{ title: `Change to "${folder}"`, edits: [{ span, newText: folder }] }] }),
          },
        );
      }
    },
  },
  {
    code: "openjourney/duplicate-resource-id",
    severity: "error",
    title: "two objects have one identity",
    host: 'kustomize refuses a second object of the same group, version, kind, name and namespace: "may not add resource with an already registered id". An absent namespace is `default`.',
    fix: "remove one of the two, or give one another name",
    check(manifest, report) {
      const seen = new Set<unknown>();
      for (const { entry, id, first } of buildOf(manifest).clashes) {
        if (seen.has(entry)) continue;
        seen.add(entry);
        const from = first.path === undefined ? "a generator" : `"${relativeTo(manifest.folder ?? "/", first.path)}"`;
        report(
          spotIn(entry),
          `${showId(id)} is there already, from ${from}; kustomize refuses the second, remove one`,
          {
            fixes: repeated(manifest, entry),
          },
        );
      }
      const { twin } = buildOf(manifest);
      if (twin)
        report(
          twin.entry.spot,
          `this patch makes a second ${showId(twin.id)}, which kustomize refuses; give one another name`,
        );
    },
  },
  {
    code: "openjourney/namespace-conflict",
    severity: "error",
    title: "the namespace makes two objects one",
    host: 'kustomize fails when `namespace` gives two objects the same identity: "namespace transformation produces ID conflict".',
    fix: "rename one of the objects, or build them in two folders",
    check(manifest, report) {
      const { merged } = buildOf(manifest);
      const pair = pairOf(manifest.root, "namespace");
      const where = merged?.component ? "the component's" : "this";
      const spot = merged?.component ? spotIn(merged.component) : pair && spotOf(pair);
      if (merged && spot)
        report(spot, `with ${where} namespace two objects become ${showId(merged.id)} and the build fails; rename one`);
    },
  },
];

/** An entry that stands twice goes; of two different ones nobody knows which. */
function repeated(manifest: Manifest, entry: Node): readonly Fix[] {
  const { folder } = manifest;
  const listed = RESOURCE_FIELDS.flatMap((field) => stringsOf(manifest.root, field).map((one) => ({ ...one, field })));
  const own = listed.find(({ node }) => node === entry);
  if (!own || folder === undefined) return [];
  const first = listed.find(({ text }) => resolve(folder, text) === resolve(folder, own.text));
  return first === own ? [] : removeEntry(manifest, own);
}
