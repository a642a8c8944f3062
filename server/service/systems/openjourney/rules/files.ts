// Files behind crds, configurations and the plugin fields, and the small fields around them (helm, metadata of the build).

import type { Node } from "../../../text/node.js";
import { parseText } from "../../../text/parsed.js";
import type { Manifest, Report, Rule } from "../../system.js";
import { parsedFile } from "../model/kustomization.js";
import { exact, objectsOf, plain } from "../model/objects.js";
import { placesOf } from "../model/placed.js";
import { entriesOf, isNull, mapOf, pairOf, spotIn, stringsOf } from "../model/reading.js";
import type { Reference } from "../model/references.js";
import { isInline } from "../model/references.js";
import { whenUnderstood } from "./understood.js";

interface Behind {
  readonly reference: Reference;
  readonly path: string;
  readonly root: Node | undefined;
  readonly isEmpty: boolean;
}

export function filesOf(manifest: Manifest, field: string): Behind[] {
  return placesOf(manifest).flatMap(({ reference, place }) => {
    if (reference.field !== field || place.is !== "file") return [];
    const parsed = parsedFile(place.path, manifest.workspace.files);
    if (!parsed) return [];
    const root = parsed.tree.documents[0]?.root;
    return [{ reference, path: place.path, root, isEmpty: !root || isNull(root) }];
  });
}

export const fileRules: readonly Rule[] = [
  {
    code: "openjourney/crds-not-openapi",
    severity: "error",
    title: "a file of crds that holds no OpenAPI definitions",
    host: "kustomize wants a map of type name to OpenAPI definition here. It refuses a CustomResourceDefinition object and crashes over an empty file.",
    fix: "list the CustomResourceDefinition under resources",
    check(manifest, report) {
      for (const { reference, root, isEmpty } of filesOf(manifest, "crds")) {
        const map = mapOf(root);
        if (isEmpty) report(reference.span, `"${reference.text}" is empty and makes kustomize crash; remove the entry`);
        else if (!map)
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
    code: "openjourney/plugin-kind",
    severity: "error",
    title: "a built-in plugin that kustomize doesn't have",
    host: "Objects of apiVersion builtin in generators, transformers and validators need a known kind and metadata.name; a generator can't stand under transformers.",
    fix: "correct the kind, or move the entry to the other field",
    check: plugins,
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
    check({ root }, report) {
      const globals = pairOf(root, "helmGlobals");
      if (globals && !pairOf(root, "helmCharts") && !pairOf(root, "helmChartInflationGenerator"))
        report(globals.key ?? globals, "helmGlobals do nothing without helmCharts; add a chart or remove them");
    },
  },
];

const AFFIXES = ["PrefixTransformer", "SuffixTransformer", "PrefixSuffixTransformer"];
const GENERATORS = ["ConfigMapGenerator", "SecretGenerator", "HelmChartInflationGenerator", "IAMPolicyGenerator"];
const TRANSFORMERS = [
  "AnnotationsTransformer",
  "HashTransformer",
  "ImageTagTransformer",
  "LabelTransformer",
  "NamespaceTransformer",
  "PatchJson6902Transformer",
  "PatchStrategicMergeTransformer",
  "PatchTransformer",
  "PrefixTransformer",
  "PrefixSuffixTransformer",
  "ReplacementTransformer",
  "ReplicaCountTransformer",
  "SuffixTransformer",
  "ValueAddTransformer",
];

function plugins(manifest: Manifest, report: Report): void {
  for (const field of ["generators", "transformers", "validators"]) {
    const inline = stringsOf(manifest.root, field).filter(({ text }) => isInline(text));
    const texts = inline.map(({ node, text }) => ({ spot: spotIn(node), parsed: parseText("plugin.yaml", text) }));
    const files = placesOf(manifest).flatMap(({ reference, place }) => {
      const parsed =
        reference.field === field && place.is === "file" ? parsedFile(place.path, manifest.workspace.files) : undefined;
      return parsed ? [{ spot: { start: reference.span[0], end: reference.span[1] }, parsed }] : [];
    });
    for (const { spot, parsed } of texts) {
      const [wrong] = [
        ...parsed.tree.problems.map(({ message }) => message),
        ...objectsOf(parsed).flaws.map(({ why }) => why),
      ];
      if (wrong !== undefined && !/metadata\.name/.test(wrong))
        report(spot, `kustomize takes this text for no object: ${wrong}; correct it`);
    }
    for (const { spot, parsed } of [...texts, ...files]) {
      const [late] = objectsOf(parsed).late;
      if (late) report(spot, `kustomize can't take this for a plugin: ${late.why}; correct it`);
      for (const { root } of parsed.tree.documents) {
        const node = mapOf(root);
        if (!node || plain(node, "apiVersion") !== "builtin" || !exact(node, "kind")) continue;
        const kind = plain(node, "kind");
        if (plain(exact(node, "metadata"), "name") === "") {
          report(spot, `this ${kind} has no "metadata.name", and kustomize takes it for no plugin; add it`);
          continue;
        }
        const known = [...GENERATORS, ...TRANSFORMERS].includes(kind);
        if (!known) report(spot, `kustomize has no built-in "${kind}"; correct the kind`);
        else if ((field === "generators") !== GENERATORS.includes(kind))
          report(
            spot,
            `"${kind}" can't stand under "${field}"; move it to "${GENERATORS.includes(kind) ? "generators" : "transformers"}"`,
          );
        else if (AFFIXES.includes(kind) && !exact(node, "fieldSpecs"))
          report(spot, `${kind} needs "fieldSpecs", or the build fails; add "- path: metadata/name" there`);
      }
    }
  }
}
