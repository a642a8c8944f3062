// The older vars as replacements, where both certainly build the same: each var's value is a text of an object listed here,
// each use of it is the whole of a text in a container, and nothing else changes the objects. kustomize has no such certainty
// for anything more, so that nothing is offered there.

import { dirname, isInside, resolve } from "../../../text/paths.js";
import type { Value } from "../../../text/reading.js";
import type { Fix } from "../../problem.js";
import type { Manifest } from "../../system.js";
import { isFacts } from "../describe.js";
import { buildOf } from "../model/build.js";
import type { Built } from "../model/built.js";
import { atFieldPath } from "../model/content.js";
import type { Id } from "../model/identity.js";
import { kustomizationOf } from "../model/kustomization.js";
import { fieldOf, mapOf, mapsOf, pairOf, textOf } from "../model/reading.js";
import { fitsVar } from "../model/selection.js";
import { written } from "./entries.js";
import { itemLines } from "./lines.js";

/** With nothing but these fields the objects are what their files say. */
const HARMLESS = ["apiVersion", "kind", "metadata", "resources", "vars"];

export function varsFix(manifest: Manifest): Fix | undefined {
  const { parsed, root, folder } = manifest;
  const pair = pairOf(root, "vars");
  const lines = pair && itemLines(manifest, pair);
  const isAlone = (mapOf(root)?.pairs ?? []).every(({ key }) => key?.kind === "scalar" && HARMLESS.includes(key.text));
  if (!pair?.key || !lines || !isAlone || folder === undefined || isUsedElsewhere(manifest, folder)) return undefined;
  const { gathered, allGathered, clashes } = buildOf(manifest);
  const isPlain = gathered.every(
    ({ path, content, ids }) => path !== undefined && content !== undefined && ids.length === 1,
  );
  const isOwn = gathered.every(({ path }) => path !== undefined && isInside(path, folder));
  if (!allGathered || clashes.length > 0 || !isPlain || !isOwn || kustomizationOf(manifest).kind !== "Kustomization")
    return undefined;
  const made = mapsOf(root, "vars").map((item) => replacement(item, gathered));
  const used = new Set(made.flatMap((one) => one?.uses ?? []));
  if (made.some((one) => !one) || used.size !== usesIn(gathered).length) return undefined;
  const { eol } = parsed;
  const text = made
    .flatMap((one) => one?.lines ?? [])
    .map((line) => `${lines.indent}${line}${eol}`)
    .join("");
  const newText = `replacements:${eol}${text}`;
  return { title: 'Convert to "replacements"', edits: [{ span: [pair.key.start, lines.whole[1]], newText }] };
}

/** Another kustomization may change the objects before it fills in the vars. */
function isUsedElsewhere({ workspace, system }: Manifest, folder: string): boolean {
  return workspace.manifests(system.id).some(({ path, facts }) => {
    const named = isFacts(facts) ? [...facts.resources, ...facts.components] : [];
    return named.some((text) => resolve(dirname(path), text) === folder);
  });
}

interface Made {
  readonly lines: readonly string[];
  readonly uses: readonly Use[];
}

function replacement(item: ReturnType<typeof mapsOf>[number], objects: readonly Built[]): Made | undefined {
  const name = textOf(item, "name") ?? "";
  const ref = fieldOf(item, "objref");
  const path = textOf(fieldOf(item, "fieldref"), "fieldPath") ?? "metadata.name";
  const found = objects.filter(({ ids }) => ids.some((id) => fitsVar(ref, id)));
  const [source] = found;
  const id = source?.ids[0];
  const value = source?.content === undefined ? undefined : atFieldPath(source.content, path);
  const uses = usesIn(objects).filter((one) => one.name === name);
  if (found.length !== 1 || !id || value?.is !== "value" || typeof value.value !== "string" || uses.length === 0)
    return undefined;
  if (!/^[\w.-]+$/.test(path) || value.value.includes("$(") || !uses.every((use) => use.path !== undefined))
    return undefined;
  const isOne = ({ ids: [own] }: Built) =>
    objects.filter(({ ids: [one] }) => one?.kind === own?.kind && one?.name === own?.name).length === 1;
  if (!source || !isOne(source) || !uses.every(({ object }) => isOne(object))) return undefined;
  const targets = [...new Set(uses.map(({ object }) => object))].flatMap((object) => [
    "  - select:",
    ...select(object.ids[0], "      "),
    "    fieldPaths:",
    ...uses.flatMap((use) => (use.object === object ? [`    - ${written(use.path ?? "")}`] : [])),
  ]);
  return {
    uses,
    lines: ["- source:", ...select(id, "    "), `    fieldPath: ${written(path)}`, "  targets:", ...targets],
  };
}

function select(id: Id | undefined, indent: string): string[] {
  if (!id) return [];
  const parts: readonly (readonly [string, string])[] = [
    ["group", id.group],
    ["version", id.version],
    ["kind", id.kind],
    ["name", id.name],
    ["namespace", id.namespace],
  ];
  return parts.flatMap(([name, value]) => (value === "" ? [] : [`${indent}${name}: ${written(value)}`]));
}

interface Use {
  readonly object: Built;
  readonly name: string;
  /** Field path of a container's text that is the use and nothing else. */
  readonly path: string | undefined;
}

const USES = new WeakMap<readonly Built[], readonly Use[]>();

/** Every `$(NAME)` in the objects, wherever it stands. */
function usesIn(objects: readonly Built[]): readonly Use[] {
  const known = USES.get(objects);
  if (known) return known;
  const uses = objects.flatMap((object) => usesBelow(object, object.content ?? null, [], object.ids[0]?.kind ?? ""));
  USES.set(objects, uses);
  return uses;
}

function usesBelow(object: Built, value: Value, at: readonly string[], kind: string): Use[] {
  if (typeof value === "string") {
    const whole = /^\$\(([^()]+)\)$/.exec(value)?.[1];
    const path = whole === undefined ? undefined : containerPath(object, at, kind);
    return [...value.matchAll(/\$\(([^()]+)\)/g)].map((match) => ({ object, name: match[1] ?? "", path }));
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => usesBelow(object, one, [...at, key], kind));
}

const WORKLOADS = ["Deployment", "StatefulSet", "DaemonSet", "Job", "ReplicaSet"];

/** `spec.template.spec.containers.[name=web].env.[name=HOST].value`, or an item of args or command: where vars are filled in. */
function containerPath(object: Built, at: readonly string[], kind: string): string | undefined {
  const [start, template, spec, containers, container, field, item, last, ...deeper] = at;
  const isContainer = [start, template, spec].join(".") === "spec.template.spec" && containers === "containers";
  if (!WORKLOADS.includes(kind) || !isContainer || deeper.length > 0 || item === undefined) return undefined;
  const list = atFieldPath(object.content ?? null, "spec.template.spec.containers");
  const name = nameOf(list.is === "value" ? list.value : null, container);
  const head = name === undefined ? undefined : `spec.template.spec.containers.[name=${name}]`;
  if (head === undefined) return undefined;
  if (field === "args" || field === "command") return last === undefined ? `${head}.${field}.${item}` : undefined;
  const env = field === "env" && last === "value" ? atFieldPath(object.content ?? null, `${head}.env`) : undefined;
  const variable = env?.is === "value" ? nameOf(env.value, item) : undefined;
  return variable === undefined ? undefined : `${head}.env.[name=${variable}].value`;
}

/** The name of an item, which no other item of its list has. */
function nameOf(list: Value, index: string | undefined): string | undefined {
  if (!Array.isArray(list)) return undefined;
  const names = list.map((one) => (typeof one === "object" && one !== null && "name" in one ? String(one.name) : ""));
  const name = names[Number(index)];
  return name !== undefined && /^[\w-]+$/.test(name) && names.filter((one) => one === name).length === 1
    ? name
    : undefined;
}
