// Files behind crds and configurations, and the small fields around them (helm, metadata of the build).

import { firstDocumentProblems } from "../../../text/hostProblems.js";
import { isJson } from "../../../text/json/isJson.js";
import type { Node, SyntaxProblem } from "../../../text/node.js";
import { removeField } from "../../removal.js";
import type { Manifest, Rule } from "../../system.js";
import { parsedFile } from "../model/kustomization.js";
import { placesIn } from "../model/placed.js";
import { entriesOf, isNull, mapOf, pairOf } from "../model/reading.js";
import type { Reference } from "../model/references.js";
import { whenUnderstood } from "./understood.js";

interface Behind {
  readonly reference: Reference;
  readonly path: string;
  readonly root: Node | undefined;
  readonly isEmpty: boolean;
  /** Whether not even a blank or a comment stands there. */
  readonly isBlank: boolean;
  /** Whether it begins as JSON and is none: what begins so is read strictly. */
  readonly isBrokenJson: boolean;
  /** The first thing that keeps its first document from being read as YAML. */
  readonly broken: SyntaxProblem | undefined;
}

export function filesOf(manifest: Manifest, field: string): Behind[] {
  return placesIn(manifest, field).flatMap(({ reference, place }) => {
    if (place.is !== "file") return [];
    const parsed = parsedFile(place.path, manifest.workspace.files);
    if (!parsed) return [];
    const root = parsed.tree.documents[0]?.root;
    const [broken] = firstDocumentProblems(parsed.tree);
    const isEmpty = !root || isNull(root);
    const isBlank = parsed.text === "";
    return [{ reference, path: place.path, root, isEmpty, isBlank, isBrokenJson: isBrokenJson(parsed.text), broken }];
  });
}

const isBrokenJson = (text: string): boolean => text.startsWith("{") && !isJson(text);

export const fileRules: readonly Rule[] = [
  {
    code: "openjourney/crds-not-openapi",
    severity: "error",
    title: "a file of crds that holds no OpenAPI definitions",
    host: "kustomize wants a map of type name to OpenAPI definition here. It refuses a CustomResourceDefinition object and crashes over an empty file.",
    fix: "list the CustomResourceDefinition under resources",
    check(manifest, report) {
      for (const { reference, path, root, isBlank, isEmpty, isBrokenJson, broken } of filesOf(manifest, "crds")) {
        const map = mapOf(root);
        if (broken && !isBrokenJson)
          report(reference.span, `"${reference.text}" can't be read: ${broken.message}; mend it`, {
            related: [{ message: broken.message, path, span: broken.span }],
          });
        else if (isBlank)
          report(reference.span, `"${reference.text}" is empty and makes kustomize crash; remove the entry`);
        else if (isBrokenJson)
          report(
            reference.span,
            `"${reference.text}" begins with "{" and is no valid JSON, so the build fails; mend it`,
          );
        else if (!isEmpty && !map)
          report(
            reference.span,
            `"${reference.text}" holds no map of OpenAPI definitions; list objects under resources`,
          );
        else if (entriesOf(map).some(({ pair }) => pair.value && !isNull(pair.value) && !mapOf(pair.value)))
          report(
            reference.span,
            `"${reference.text}" holds no OpenAPI definitions (type name: definition); list objects, CustomResourceDefinitions too, under resources`,
          );
      }
    },
  },
  {
    code: "openjourney/build-metadata",
    severity: "warning",
    title: "an unknown word in buildMetadata",
    host: "kustomize ignores it.",
    fix: "write originAnnotations, transformerAnnotations or managedByLabel",
  },
  {
    code: "openjourney/helm-name",
    severity: "error",
    title: "a chart without a name",
    host: 'kustomize needs the name of every chart: "chart name cannot be empty".',
    fix: "name the chart",
    refine: whenUnderstood("HelmChart"),
  },
  {
    code: "openjourney/helm-values-merge",
    severity: "error",
    title: "an unknown valuesMerge",
    host: "kustomize knows merge, override and replace.",
    fix: "write one of the three",
  },
  {
    code: "openjourney/helm-globals-only",
    severity: "information",
    title: "helmGlobals without a chart",
    host: "kustomize builds; helmGlobals alone do nothing.",
    fix: "add helmCharts, or remove helmGlobals",
    check(manifest, report) {
      const { root } = manifest;
      const globals = pairOf(root, "helmGlobals");
      if (globals && !pairOf(root, "helmCharts") && !pairOf(root, "helmChartInflationGenerator"))
        report(globals.key ?? globals, "helmGlobals do nothing without helmCharts; add a chart or remove them", {
          fixes: removeField(manifest, globals),
        });
    },
  },
];
