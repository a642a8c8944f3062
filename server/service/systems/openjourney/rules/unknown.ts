// Unknown fields that people write who know other tools or other parts of Kubernetes: told with the field that does the
// same here, and the edit that uses it. What the schema suggests by spelling alone stays for everything else.

import { keyText, type MapNode, type Pair } from "../../../text/node.js";
import { changeTo } from "../../changes.js";
import type { Fix, Problem, TextChange } from "../../problem.js";
import type { Manifest, Misfit } from "../../system.js";
import { written } from "../fixes/entries.js";
import { asItems, asText } from "../fixes/shapes.js";
import { entriesOf, fieldOf, isNull, mapOf, stringOf } from "../model/reading.js";
import { fieldAt } from "./understood.js";

export function refineUnknown(manifest: Manifest, misfit: Misfit): Problem | undefined {
  const { place, name = "", problem } = misfit;
  const map = mapOf(place.node);
  const pair = map?.pairs.find((one) => keyText(one) === name);
  const field = fieldAt(manifest, place.node);
  if (!map || !pair?.key || field === undefined) return problem;
  if (/^-[A-Za-z]/.test(name) && manifest.parsed.text[pair.key.start] === "-") {
    const at = pair.key.start + 1;
    const fixes: Fix[] = [{ title: 'Put a blank after "-"', edits: [{ span: [at, at], newText: " " }] }];
    return { ...problem, message: `unknown field "${name}"; an item of a list has a blank after its "-"`, fixes };
  }
  const special = PLACES.find(({ at }) => at.test(field));
  const told =
    special?.tell(manifest, map, pair, name) ?? FOREIGN[field]?.[name] ?? FOREIGN[field]?.[name.toLowerCase()];
  if (told === "told") return undefined;
  if (typeof told === "string") {
    const isThere = map.pairs.some((one) => keyText(one)?.toLowerCase() === told.toLowerCase());
    return isThere ? problem : renamed(problem, manifest, pair, name, told);
  }
  if (!told) return problem;
  const fixes: Fix[] = told.edits ? [{ title: told.title ?? "", edits: told.edits }] : [];
  return { ...problem, message: `unknown field "${name}"; ${told.words}`, fixes };
}

interface Told {
  readonly words: string;
  readonly title?: string;
  readonly edits?: readonly TextChange[] | undefined;
}

/** "told": by the problem of another field of the map. Another text: the name of the field that was meant. */
type Tell = (manifest: Manifest, map: MapNode, pair: Pair, name: string) => Told | "told" | undefined;

const renamed = (problem: Problem, manifest: Manifest, { key }: Pair, name: string, to: string): Problem => ({
  ...problem,
  message: `unknown field "${name}"; did you mean "${to}"?`,
  fixes: changeTo(manifest, key, to),
});

const OBJECT = ["apiVersion", "kind", "metadata", "spec", "data", "$patch"];
const OPERATION = ["op", "path", "from", "value"];

/** The object or the operation stands in the entry itself, where its text belongs under `patch`. */
const patch: Tell = (manifest, map, pair, name) => {
  const isOperation = map.pairs.some((one) => keyText(one) === "op");
  const names = isOperation ? OPERATION : OBJECT;
  if (!names.includes(name)) return undefined;
  const moved = map.pairs.filter((one) => names.includes(keyText(one) ?? ""));
  const foreign = isOperation ? moved.filter((one) => keyText(one) !== "path") : moved;
  if (foreign[0] !== pair) return "told";
  return {
    words: `the text of a patch stands under "patch": write "patch: |-" and the ${isOperation ? "operations" : "object"} below it, indented`,
    title: 'Put it under "patch: |-"',
    edits: fieldOf(map, "patch") ? undefined : asText(manifest, map, moved, "patch", isOperation ? "- " : ""),
  };
};

const target: Tell = (manifest, _map, { key, value }, name) => {
  if (!key) return undefined;
  if (name === "apiVersion") {
    const text = stringOf(value) ?? "";
    const [version = "", group] = text.split("/").reverse();
    const isPlain = /^[\w./-]+$/.test(text) && value?.kind === "scalar" && value.style !== "block";
    const indent = " ".repeat(manifest.parsed.document.positionAt(key.start).character);
    const lines = group === undefined ? [] : [`group: ${written(group)}`];
    const newText = [...lines, `version: ${written(version)}`].join(`${manifest.parsed.eol}${indent}`);
    const inFlow = _map.flow ? newText.replace(/\r?\n\s*/, ", ") : newText;
    return {
      words: 'a target has "group" and "version" in its place',
      title: `Change to "${group === undefined ? "" : `group: ${group}, `}version: ${version}"`,
      edits: isPlain ? [{ span: [key.start, value.end], newText: inFlow }] : undefined,
    };
  }
  const selector = { labels: "labelSelector", matchLabels: "labelSelector", annotations: "annotationSelector" }[name];
  if (selector === undefined) return undefined;
  const entries = entriesOf(value).map(({ key: label, pair }) => `${label}=${stringOf(pair.value) ?? ""}`);
  return {
    words: `write "${selector}: ${entries[0] ?? "key=value"}"`,
    title: `Change to "${selector}"`,
    edits:
      entries.length > 0 && value && entries.every((one) => /^[\w./=-]+$/.test(one))
        ? [{ span: [key.start, value.end], newText: `${selector}: ${written(entries.join(","))}` }]
        : undefined,
  };
};

/** Labels that lack `pairs` above them: beside nothing else, or on the level of an empty `pairs`. */
const label: Tell = (manifest, map, pair, name) => {
  const known = ["pairs", "includeselectors", "includetemplates", "includevolumeclaimtemplates", "fields"];
  const foreign = map.pairs.filter((one) => !known.includes(keyText(one)?.toLowerCase() ?? ""));
  if (!/[./-]/.test(name) && map.pairs.length > foreign.length && !map.pairs.some(isEmptyPairs)) return undefined;
  if (map.pairs.some((one) => /^(include|pair)/i.test(keyText(one) ?? "") && foreign.includes(one))) return undefined;
  if (foreign[0] !== pair) return "told";
  const { text, eol } = manifest.parsed;
  const column = " ".repeat(manifest.parsed.document.positionAt(map.start).character);
  const empty = map.pairs.find(isEmptyPairs);
  const isRun = foreign.every((one, i) => map.pairs[map.pairs.indexOf(pair) + i] === one);
  const isFlat = foreign.every(({ value }) => value?.kind === "scalar" && value.style !== "block");
  const deeper = foreign.map((one): TextChange => ({ span: [one.start, one.start], newText: "  " }));
  const head: TextChange = { span: [pair.start, pair.start], newText: `pairs:${eol}${column}  ` };
  const offered = !map.flow && isRun && isFlat && !/[&*]/.test(text.slice(map.start, map.end));
  const isBelow = empty !== undefined && map.pairs.indexOf(empty) === map.pairs.indexOf(pair) - 1;
  const edits = isBelow ? deeper : empty ? undefined : [head, ...deeper.slice(1)];
  return {
    words: 'labels stand under "pairs", one step further in',
    title: 'Put it under "pairs"',
    edits: offered ? edits : undefined,
  };
};

const isEmptyPairs = (pair: Pair): boolean => keyText(pair) === "pairs" && isNull(pair.value);

const generator: Tell = (manifest, map, { key, value }, name) => {
  if (!key || !["data", "stringData"].includes(name)) return undefined;
  const isFree = !fieldOf(map, "literals");
  const items = value && asItems(manifest, value, (one, text) => [written(`${one}=${text}`)]);
  return {
    words: 'a generator takes its data from "literals", "files" or "envs"; write "literals:" with "- KEY=value"',
    title: 'Change to "literals"',
    edits: isFree && items ? [{ span: [key.start, key.end], newText: "literals" }, ...items] : undefined,
  };
};

/** Fields by the place of the map that holds them. */
const PLACES: readonly { readonly at: RegExp; readonly tell: Tell }[] = [
  { at: /^patches(json6902)?\.\*$/, tell: patch },
  { at: /^patches(json6902)?\.\*\.target$/, tell: target },
  { at: /^labels\.\*$/, tell: label },
  { at: /^(configmap|secret)generator\.\*$/, tell: generator },
];

const FLUX = "it belongs to Flux's own Kustomization (kustomize.toolkit.fluxcd.io), which is another file";
const flux = { words: FLUX };
const GENERATOR = {
  file: "files",
  filenames: "files",
  literal: "literals",
  envfile: "envs",
  envfiles: "envs",
  envfrom: "envs",
};
const IMAGE = {
  image: "name",
  newimage: "newName",
  repository: "newName",
  registry: "newName",
  newrepository: "newName",
  tag: "newTag",
  version: "newTag",
  newversion: "newTag",
  newdigest: "digest",
};

/** Names of other tools, and of the field that does the same here. */
const FOREIGN: Readonly<Record<string, Readonly<Record<string, string | Told>>>> = {
  "": {
    base: "resources",
    manifests: "resources",
    files: "resources",
    include: "resources",
    prefix: "namePrefix",
    suffix: "nameSuffix",
    annotations: "commonAnnotations",
    configmaps: "configMapGenerator",
    secrets: "secretGenerator",
    charts: "helmCharts",
    spec: { words: `kustomize has its fields at the top level; if this is Flux's, ${FLUX}` },
    commonMetadata: { words: `${FLUX}; use "labels" and "commonAnnotations"` },
    postBuild: flux,
    sourceRef: flux,
    targetNamespace: "namespace",
    inventory: { words: "kustomize has it no more; remove it" },
    kvsources: { words: "kustomize has it no more; remove it" },
  },
  "images.*": IMAGE,
  "imagetags.*": IMAGE,
  "replicas.*": {
    replicas: "count",
    replica: "count",
    number: "count",
    value: "count",
    kind: { words: "the name alone says which object; remove it" },
  },
  "configmapgenerator.*": GENERATOR,
  "secretgenerator.*": GENERATOR,
  "helmcharts.*": {
    chart: "name",
    chartname: "name",
    repository: "repo",
    url: "repo",
    values: "valuesInline",
    release: "releaseName",
  },
  "patches.*": { file: "path", filename: "path", patchfile: "path", selector: "target", inline: "patch" },
  "vars.*": { ref: "objref", fieldpath: "fieldref" },
};
