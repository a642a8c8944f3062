// The places of an object as JSON patches name them.

import type { Choice } from "../../../kinds/kind.js";
import type { MapNode } from "../../../text/node.js";
import type { Value } from "../../../text/reading.js";
import type { Manifest } from "../../system.js";
import { selected } from "./around.js";
import { showId } from "./identity.js";
import { isFields } from "./jsonPatch.js";
import { contentOf } from "./original.js";

const MOST = 400;

/** Every place of the objects that a target selects; `makes`: something is added there. */
export function pointersAt(manifest: Manifest, target: MapNode | undefined, makes: boolean): readonly Choice[] {
  if (!target) return [];
  const found = new Map<string, Choice>();
  for (const object of selected(manifest, target, "expressions").slice(0, 20)) {
    const content = contentOf(object, manifest.workspace.files);
    const id = object.ids.at(-1);
    if (content === undefined || !id) continue;
    for (const { path, shown } of pointersIn(content, makes, "", 0)) {
      if (found.size >= MOST) break;
      if (!found.has(path)) found.set(path, { value: path, kind: "reference", detail: shown ?? `in ${showId(id)}` });
    }
  }
  const isIdentity = ({ value }: Choice) => value === "/apiVersion" || value === "/kind";
  return [...found.values()].sort((a, b) => Number(isIdentity(a)) - Number(isIdentity(b)));
}

interface Pointer {
  readonly path: string;
  readonly shown: string | undefined;
}

/** Every place below a value; where something is made also the end of each list. */
function* pointersIn(value: Value, makes: boolean, path: string, depth: number): Generator<Pointer> {
  if (typeof value !== "object" || value === null || depth > 20) return;
  const children = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  for (const [key, child] of children) {
    const name = String(key).replace(/~/g, "~0").replace(/\//g, "~1");
    // Such a key would have to stand in quotes.
    if (/[\s"',{}#:]/.test(name)) continue;
    const own = `${path}/${name}`;
    const isPlain = typeof child !== "object" || child === null;
    yield { path: own, shown: isPlain ? shortened(child) : undefined };
    yield* pointersIn(child, makes, own, depth + 1);
  }
  if (makes && Array.isArray(value)) yield { path: `${path}/-`, shown: "behind the last item" };
}

/** A value on one line, cut where it gets long. */
export function shortened(value: Value): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** What stands at a JSON pointer; undefined where nothing does. */
export function valueAt(content: Value, pointer: string): Value | undefined {
  let value: Value | undefined = content;
  for (const part of pointer.split("/").slice(1)) {
    const key = part.replace(/~1/g, "/").replace(/~0/g, "~");
    if (Array.isArray(value)) value = /^\d+$/.test(key) ? value[Number(key)] : undefined;
    else value = isFields(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  }
  return value;
}
