// Paths that lead nowhere, to the wrong kind of thing, or out of what kustomize may read. Remote addresses and disks of
// which nothing is known are left alone.

import { basename, dirname, relativeTo } from "../../../text/paths.js";
import { changeTo } from "../../changes.js";
import type { Fix, Problem } from "../../problem.js";
import { byCount, listed } from "../../sentence.js";
import type { Manifest, Report, Rule } from "../../system.js";
import { moveItem, removeEntry } from "../fixes/entries.js";
import { keepOne } from "../fixes/layout.js";
import { createIn } from "../fixes/missing.js";
import { kustomizationOf, kustomizationsIn } from "../model/kustomization.js";
import type { RefusedCode } from "../model/place.js";
import { refusedIn } from "../model/placed.js";
import type { Reference } from "../model/references.js";
import { missingFile } from "./missingFile.js";

type Words = (placed: Reference, path: string, manifest: Manifest) => string;

function refused(
  code: RefusedCode,
  words: Words,
  fixes?: (placed: Reference, path: string, manifest: Manifest) => Fix[],
) {
  return (manifest: Manifest, report: Report): void => {
    for (const { reference, place } of refusedIn(manifest)) {
      if (place.code !== code) continue;
      const found = fixes?.(reference, place.path, manifest) ?? [];
      const more: Partial<Pick<Problem, "fixes">> = found.length > 0 ? { fixes: found } : {};
      report(reference.span, words(reference, place.path, manifest), more);
    }
  };
}

const drop = (reference: Reference, _path: string, manifest: Manifest): Fix[] => removeEntry(manifest, reference);

export const pathRules: readonly Rule[] = [
  {
    code: "openjourney/missing-file",
    severity: "error",
    title: "a path leads to nothing",
    host: "kustomize stops the build at the first path that doesn't exist. Globs, `~` and variables are never expanded.",
    wrong: "resources:\n- deplyment.yaml",
    right: "resources:\n- deployment.yaml",
    fix: "correct the path, create the file, or remove the entry",
    check: missingFile,
  },
  {
    code: "openjourney/not-a-file",
    severity: "error",
    title: "a folder stands where a file is wanted",
    host: 'kustomize reads only a file here: "must resolve to a file". The build fails.',
    wrong: "patches:\n- path: patches/",
    right: "patches:\n- path: patches/replicas.yaml",
    fix: "name a file in the folder",
    check: refused("not-a-file", ({ text }) => `"${text}" is a folder, but only a file can stand here; name the file`),
  },
  {
    code: "openjourney/component-not-dir",
    severity: "error",
    title: "a component entry names a file",
    host: "Components are folders with a kustomization of kind Component; a file fails the build.",
    wrong: "components:\n- ../component/kustomization.yaml",
    right: "components:\n- ../component",
    fix: "name the folder of the component",
    check: refused(
      "component-not-dir",
      ({ text }) => `"${text}" is a file, but a component is a folder; name the folder`,
      ({ text, span }) =>
        /\/kustomization\.ya?ml$|\/Kustomization$/.test(text)
          ? [{ title: "Name the folder", edits: [{ span, newText: dirname(text) }] }]
          : [],
    ),
  },
  {
    code: "openjourney/missing-kustomization",
    severity: "error",
    title: "a folder has no kustomization file",
    host: "kustomize looks for kustomization.yaml, kustomization.yml or Kustomization, exactly these names, and fails without one.",
    wrong: "resources:\n- ../manifests",
    right: "resources:\n- ../base",
    fix: "add a kustomization.yaml to the folder, or list its files one by one",
    check: refused(
      "missing-kustomization",
      ({ text }) => `the folder "${text}" has no kustomization.yaml, kustomization.yml or Kustomization; add one`,
      createIn,
    ),
  },
  {
    code: "openjourney/multiple-kustomizations",
    severity: "error",
    title: "two kustomization files stand in one folder",
    host: "kustomize refuses a folder with more than one of kustomization.yaml, kustomization.yml and Kustomization.",
    fix: "keep one of the files and remove or rename the others",
    check(manifest, report) {
      refused(
        "multiple-kustomizations",
        ({ text }) => `the folder "${text}" has several kustomization files; keep one of them`,
        (_reference, path, { workspace }) => keepOne(kustomizationsIn(path, workspace.files) ?? []),
      )(manifest, report);
      if (manifest.folder === undefined || kustomizationOf(manifest).plugin) return;
      const found = kustomizationsIn(manifest.folder, manifest.workspace.files) ?? [];
      const others = found.filter((path) => path !== manifest.parsed.path).map(basename);
      if (others.length > 0)
        report(
          startOf(manifest),
          `${listed(others)} ${byCount(others, "stands", "stand")} beside this file; kustomize refuses the folder, keep one`,
          { fixes: keepOne(found) },
        );
    },
  },
  {
    code: "openjourney/absolute-path",
    severity: "error",
    title: "a folder is named by an absolute path",
    host: "kustomize takes absolute paths of files only; an absolute folder fails the build.",
    wrong: "resources:\n- /srv/base",
    right: "resources:\n- ../base",
    fix: "write the path from the folder of this file",
    check: refused(
      "absolute-path",
      ({ text }) => `"${text}" is an absolute folder, which kustomize refuses; write it from this folder`,
      ({ span }, path, { folder }) =>
        folder === undefined
          ? []
          : [
              {
                title: `Change to "${relativeTo(folder, path)}"`,
                edits: [{ span, newText: relativeTo(folder, path) }],
              },
            ],
    ),
  },
  {
    code: "openjourney/outside-root",
    severity: "error",
    title: "a file lies outside the folder",
    host: "With its default load restrictor kustomize reads files only in or below the folder of the kustomization that names them, links resolved. Folders may lie anywhere.",
    wrong: "resources:\n- ../shared/deployment.yaml",
    right: "resources:\n- ../shared",
    fix: "put a kustomization into that folder and name the folder, or set plugsmith.kustomize.loadRestrictor when you build with LoadRestrictionsNone",
    check: refused(
      "outside-root",
      ({ text }) =>
        `"${text}" lies outside the folder of this file, where kustomize reads no files by default; name its folder, or set plugsmith.kustomize.loadRestrictor when you lift the restriction`,
      ({ node, text, accepts }, path, manifest) =>
        accepts === "resource" && kustomizationsIn(dirname(path), manifest.workspace.files)?.length === 1
          ? changeTo(manifest, node, dirname(text))
          : [],
    ),
  },
  {
    code: "openjourney/cycle",
    severity: "error",
    title: "a folder leads back to itself",
    host: "kustomize refuses any folder that is, or lies above, the current folder or one that led here.",
    wrong: "resources:\n- ..",
    right: "resources:\n- ../base",
    fix: "name a folder that doesn't hold this one",
    check: refused(
      "cycle",
      ({ text }) => `"${text}" is this folder or one above it, which kustomize refuses as a cycle; name another folder`,
      drop,
    ),
  },
  {
    code: "openjourney/component-as-resource",
    severity: "error",
    title: "a Component is listed as a resource",
    host: "kustomize takes a folder of kind Component only under components.",
    wrong: "resources:\n- ../component",
    right: "components:\n- ../component",
    fix: "list it under components",
    check: refused(
      "component-as-resource",
      ({ text }) => `"${text}" holds a Component, which kustomize takes only under "components"; move it there`,
      (reference, _path, manifest) => moveItem(manifest, reference, "components"),
    ),
  },
  {
    code: "openjourney/kustomization-as-component",
    severity: "error",
    title: "an ordinary kustomization is listed as a component",
    host: "kustomize takes only kustomizations of kind Component under components.",
    wrong: "components:\n- ../base",
    right: "resources:\n- ../base",
    fix: "list it under resources, or make it a Component",
    check: refused(
      "kustomization-as-component",
      ({ text }) => `"${text}" holds a Kustomization, not a Component; list it under "resources"`,
      (reference, _path, manifest) => moveItem(manifest, reference, "resources"),
    ),
  },
];

export function startOf({ root, parsed }: Manifest): { start: number; end: number } {
  const key = root?.kind === "map" ? root.pairs[0]?.key : undefined;
  if (key) return { start: key.start, end: key.end };
  return { start: 0, end: Math.min(1, parsed.text.length) };
}
