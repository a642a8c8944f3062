// The older vars as replacements, where both certainly build the same: each var's value is a text of an object listed here,
// each use of it is the whole of a text in a container, and nothing else changes the objects. kustomize has no such certainty
// for anything more, so that nothing is offered there.

import type { Pair } from "../../../text/node.js";
import { dirname, isInside, resolve } from "../../../text/paths.js";
import type { Value } from "../../../text/reading.js";
import type { Fix, TextChange } from "../../problem.js";
import type { Manifest } from "../../system.js";
import { isFacts } from "../describe.js";
import { buildOf } from "../model/build.js";
import type { Built } from "../model/built.js";
import { atFieldPath } from "../model/content.js";
import type { Id } from "../model/identity.js";
import { kustomizationOf } from "../model/kustomization.js";
import { fieldOf, mapOf, mapsOf, textOf } from "../model/reading.js";
import { fitsVar } from "../model/selection.js";
import { itemLines, lineEnd } from "./lines.js";
import { isTied } from "./lists.js";
import { renamed } from "./renamed.js";
import { blockLines, inBrackets, type Written } from "./written.js";

/** With nothing but these fields the objects are what their files say. */
const HARMLESS = ["apiVersion", "kind", "metadata", "resources", "vars"];

export function varsFix(manifest: Manifest, pair: Pair): Fix | undefined {
  const { root, folder } = manifest;
  const isAlone = (mapOf(root)?.pairs ?? []).every(({ key }) => key?.kind === "scalar" && HARMLESS.includes(key.text));
  const isPlace = pair.value?.kind === "list" && pair.value.items.every((item) => item?.kind === "map");
  if (!isPlace || !isAlone || folder === undefined || isUsedElsewhere(manifest, folder)) return undefined;
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
  const edits = rewritten(
    manifest,
    pair,
    made.flatMap((one) => one?.value ?? []),
  );
  return edits && { title: 'Convert to "replacements"', edits };
}

/** The field with these in place of its entries, each below the comments of the one that it was. */
function rewritten(manifest: Manifest, pair: Pair, values: readonly Written[]): TextChange[] | undefined {
  const { parsed } = manifest;
  const key = renamed(manifest, pair, "replacements");
  const { value } = pair;
  if (!pair.key || !key || value?.kind !== "list") return undefined;
  const { text, eol } = parsed;
  if (value.flow || parsed.syntax === "json") {
    if (isTied(text.slice(pair.key.end, value.end)) || text.slice(value.start, value.end).includes("#"))
      return undefined;
    const style = pair.key.kind === "scalar" && pair.key.style === "double" ? "double" : "plain";
    const gap = /\s*$/.exec(text.slice(value.start + 1, value.items.at(-1)?.start))?.[0] || " ";
    const all = values.map((one) => inBrackets(one, style)).join(`,${gap}`);
    return [key, { span: [value.items[0]?.start ?? value.start, value.items.at(-1)?.end ?? value.end], newText: all }];
  }
  const lines = itemLines(manifest, pair);
  if (!lines) return undefined;
  const first = lineEnd(text, pair.key.end);
  const newText = values.map((one, at) => {
    const end = lineEnd(text, (value.items[at]?.end ?? first) - 1);
    const start = at === 0 ? first : lineEnd(text, (value.items[at - 1]?.end ?? first) - 1);
    const comments = [...text.slice(start, end).matchAll(/(?<=^|\s)#[^\r\n]*/gm)].map(([comment]) => comment.trimEnd());
    return [...comments, ...blockLines([one])].map((line) => `${lines.indent}${line}${eol}`).join("");
  });
  return [key, { span: [first, lines.whole[1]], newText: newText.join("") }];
}

/** Another kustomization may change the objects before it fills in the vars. */
function isUsedElsewhere({ workspace, system }: Manifest, folder: string): boolean {
  return workspace.manifests(system.id).some(({ path, facts }) => {
    const named = isFacts(facts) ? [...facts.resources, ...facts.components] : [];
    return named.some((text) => resolve(dirname(path), text) === folder);
  });
}

interface Made {
  readonly value: Written;
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
  const targets = [...new Set(uses.map(({ object }) => object))].map((object) => ({
    select: select(object.ids[0]),
    fieldPaths: uses.flatMap((use) => (use.object === object ? (use.path ?? []) : [])),
  }));
  return { uses, value: { source: { ...select(id), fieldPath: path }, targets } };
}

function select(id: Id | undefined): Readonly<Record<string, string>> {
  const { group = "", version = "", kind = "", name = "", namespace = "" } = id ?? {};
  return Object.fromEntries(
    Object.entries({ group, version, kind, name, namespace }).filter(([, text]) => text !== ""),
  );
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
