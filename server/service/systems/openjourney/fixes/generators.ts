// Fixes of ConfigMap and Secret generators: keys that a cluster takes, what there is to add to, and how.

import { keyText, type MapNode, type Node, spanOf } from "../../../text/node.js";
import { renderScalar } from "../../../text/render.js";
import { addField } from "../../addition.js";
import { certain, changeTo, changeToAny, rewrite } from "../../changes.js";
import type { Fix, Problem } from "../../problem.js";
import { removeField, withoutField } from "../../removal.js";
import type { Manifest, Misfit } from "../../system.js";
import { buildOf } from "../model/build.js";
import type { Id } from "../model/identity.js";
import { mapsOf, pairOf, READING, stringOf, textOf } from "../model/reading.js";
import { namesFor } from "./aims.js";
import { putInto, together } from "./lists.js";

/** The same source under another key. */
export function withKey(manifest: Manifest, node: Node, key: string, meant: string): Fix[] {
  const text = stringOf(node) ?? "";
  return meant !== "" && text.startsWith(`${key}=`)
    ? changeTo(manifest, node, `${meant}${text.slice(key.length)}`)
    : [];
}

/** Names of the objects that the generator could add to. */
export function otherNames(manifest: Manifest, item: MapNode, { kind, name }: Id): Fix[] {
  const ids = buildOf(manifest).gathered.flatMap(({ ids }) => ids.slice(-1));
  const names = ids.flatMap((id) => (id.kind === kind ? [id.name] : []));
  return changeToAny(manifest, pairOf(item, "name")?.value, namesFor(name, names));
}

export function withBehavior(manifest: Manifest, item: MapNode, word: string): Fix[] {
  const behavior = pairOf(item, "behavior");
  return behavior ? changeTo(manifest, behavior.value, word) : addField(manifest, item, "behavior", word);
}

/** Where nothing is there to add to, an unknown word can only have meant `create`. */
export function onlyCreating(manifest: Manifest, { problem, place: { pair } }: Misfit): Problem {
  const holds = (item: MapNode) => pair !== undefined && item.pairs.includes(pair);
  const item = ["configMapGenerator", "secretGenerator"].flatMap((name) => mapsOf(manifest.root, name)).find(holds);
  const name = textOf(item, "name") ?? "";
  const isThere = buildOf(manifest).gathered.some(
    ({ ids, origin }) => origin.path !== manifest.parsed.path && ids.some((id) => id.name === name),
  );
  return isThere
    ? problem
    : { ...problem, fixes: problem.fixes?.filter(({ title }) => title.includes("create")) ?? [] };
}

/** The file of the older `env` as one of `envs`. */
export function envsFix(manifest: Manifest, item: MapNode): Fix | undefined {
  const env = pairOf(item, "env");
  const written = item.pairs.filter((pair) => /^envs?$/i.test(keyText(pair) ?? ""));
  const value = env?.value;
  if (!env?.key || !item.pairs.includes(env) || value?.kind !== "scalar" || value.style === "block" || value.anchor)
    return undefined;
  const said = stringOf(value);
  if (said === undefined) return undefined;
  if (said === "") return certain(removeField(manifest, env))[0];
  const text = manifest.parsed.text.slice(value.start, value.end);
  const file = value.style === "plain" ? renderScalar(said, "flow", READING.dialect) : text;
  const key = rewrite(manifest, env.key, "envs");
  if (written.length === 1)
    return (
      key && { title: 'Change to "envs"', edits: [key, { span: spanOf(value), newText: `[${file}]` }], safe: true }
    );
  const envs = pairOf(item, "envs");
  const away = withoutField(manifest, env);
  const put = envs && putInto(manifest, envs, { lines: (indent) => `${indent}- ${file}`, texts: [file] }, "last");
  return put && away && written.length === 2
    ? { title: 'Move to "envs"', edits: together([...put, away]), safe: true }
    : undefined;
}
