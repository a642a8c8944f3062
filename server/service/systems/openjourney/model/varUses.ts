// Where $(NAME) stands in objects so that kustomize fills it in: in its own list of places, and in those that a file of
// configurations adds. Everywhere else the text stays as it is.

import { deref, type Node } from "../../../text/node.js";
import type { Value } from "../../../text/reading.js";
import type { Manifest } from "../../system.js";
import type { Built } from "./built.js";
import { isRecord } from "./content.js";
import { parsedFile } from "./kustomization.js";
import { placesIn } from "./placed.js";
import { mapsOf, textOf } from "./reading.js";

export interface Use {
  readonly object: Built;
  readonly name: string;
  /** Field path of a text that is the use and nothing else; undefined where it is a part of one, or no path leads there. */
  readonly path: string | undefined;
}

export interface Place {
  readonly group?: string | undefined;
  readonly version?: string | undefined;
  readonly kind?: string | undefined;
  /** Keys from the root of an object, through the items of every list. */
  readonly path: string;
}

/** Undefined where a file of configurations can't be read. */
export function varPlaces(manifest: Manifest): readonly Place[] | undefined {
  const { files } = manifest.workspace;
  const added: Place[] = [];
  for (const { place } of placesIn(manifest, "configurations")) {
    const parsed = place.is === "file" ? parsedFile(place.path, files) : undefined;
    if (!parsed || parsed.tree.problems.length > 0) return undefined;
    added.push(...specsIn(parsed.tree.documents[0]?.root));
  }
  return [...BUILT_IN, ...added];
}

function specsIn(root: Node | undefined): Place[] {
  return mapsOf(root && deref(root), "varReference").map((spec) => ({
    group: textOf(spec, "group"),
    version: textOf(spec, "version"),
    kind: textOf(spec, "kind"),
    path: textOf(spec, "path") ?? "",
  }));
}

/** In the order of the objects. */
export function usesIn(objects: readonly Built[], places: readonly Place[]): readonly Use[] {
  return objects.flatMap((object) => {
    const own = places.filter((place) => fits(object, place)).map(({ path }) => path.split("/"));
    return usesBelow(object, object.content ?? null, [], own);
  });
}

function fits({ ids: [id] }: Built, { group = "", version = "", kind = "" }: Place): boolean {
  const isOf = (wanted: string, own: string | undefined) => wanted === "" || wanted === own;
  return isOf(group, id?.group) && isOf(version, id?.version) && isOf(kind, id?.kind);
}

/** `at` are the keys and indices so far; of the places those that lead on from here. */
function usesBelow(object: Built, value: Value, at: readonly string[], places: readonly (readonly string[])[]): Use[] {
  if (places.length === 0) return [];
  if (Array.isArray(value))
    return value.flatMap((item: Value, index) => usesBelow(object, item, [...at, `${index}`], places));
  if (typeof value === "string") {
    if (places.every((rest) => rest.length > 0)) return [];
    const whole = /^\$\([^()]+\)$/.test(value);
    const path = whole ? fieldPath(object.content ?? null, at) : undefined;
    return [...value.matchAll(/\$\(([^()]+)\)/g)].map((match) => ({ object, name: match[1] ?? "", path }));
  }
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, one]) => {
    // A place that is a map stands for the texts in it.
    const on = places.flatMap(([next, ...rest]) => (next === undefined ? [[]] : next === key ? [rest] : []));
    return usesBelow(object, one, [...at, key], on);
  });
}

/** `spec.containers.[name=web].env.[name=HOST].value`: items by their name where no other one has it, else by their index. */
function fieldPath(content: Value, at: readonly string[]): string | undefined {
  const parts: string[] = [];
  let value: Value | undefined = content;
  for (const step of at) {
    if (Array.isArray(value)) {
      const name = nameOf(value, Number(step));
      parts.push(name === undefined ? step : `[name=${name}]`);
      value = value[Number(step)];
    } else if (isRecord(value)) {
      if (/^\d+$|[=[\]*\\]/.test(step)) return undefined;
      parts.push(/^[\w-]+$/.test(step) ? step : `[${step}]`);
      value = value[step];
    }
  }
  return parts.join(".");
}

function nameOf(list: readonly Value[], index: number): string | undefined {
  const names = list.map((one) => (isRecord(one) ? one.name : undefined));
  const name = names[index];
  return typeof name === "string" && /^[\w-]+$/.test(name) && names.filter((one) => one === name).length === 1
    ? name
    : undefined;
}

const IN_CONTAINER = ["args", "command", "env/value", "volumeMounts/mountPath"];
const TEMPLATES: Readonly<Record<string, string>> = {
  CronJob: "spec/jobTemplate/spec/template/spec",
  Pod: "spec",
  ...Object.fromEntries(
    ["DaemonSet", "Deployment", "Job", "ReplicaSet", "StatefulSet"].map((kind) => [kind, "spec/template/spec"]),
  ),
};

/** As kustomize 5.5 has them. */
const BUILT_IN: readonly Place[] = [
  ...Object.entries(TEMPLATES).flatMap(([kind, spec]) =>
    ["containers", "initContainers"].flatMap((list) =>
      IN_CONTAINER.map((field) => ({ kind, path: `${spec}/${list}/${field}` })),
    ),
  ),
  ...["spec/rules/host", "spec/tls/hosts", "spec/tls/secretName"].map((path) => ({ kind: "Ingress", path })),
  ...["spec/ports/port", "spec/ports/targetPort"].map((path) => ({ kind: "Service", path })),
  { path: "metadata/labels" },
  { path: "metadata/annotations" },
];
