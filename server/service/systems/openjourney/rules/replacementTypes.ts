// Values that replacements write where another type stands, or is wanted. Nothing is said of what a later replacement writes
// anew, and of what may be mended behind the replacements.

import type { Value } from "../../../text/reading.js";
import type { Manifest, Report } from "../../system.js";
import { type Id, isOfKubernetes, showId } from "../model/identity.js";
import { CAME_FROM } from "../model/placed.js";
import { pairOf } from "../model/reading.js";
import { shapeOf } from "../model/retyped.js";
import { replacementSteps, type TargetMisfit } from "./replacementWalk.js";

export function replacementTypes(manifest: Manifest, report: Report): void {
  // The output alone stumbles over types, and who builds a base may have mended them.
  if (CAME_FROM.has(manifest) || pairOf(manifest.root, "transformers")) return;
  for (const { from, misfits } of replacementSteps(manifest)) {
    const seen = new Set<unknown>();
    for (const one of misfits) {
      const told = seen.has(one.node) ? undefined : wordsOf(one);
      if (!told) continue;
      seen.add(one.node);
      report(from ?? one.node, told.words, told.isFatal ? {} : { severity: "warning" });
    }
  }
}

function wordsOf(one: TargetMisfit): { readonly words: string; readonly isFatal: boolean } | undefined {
  const { misfit, value, path, id } = one;
  const { was } = misfit;
  const place = `"${path}" of ${showId(id)}`;
  switch (misfit.is) {
    case "type":
      // Numbers beyond all bounds are texts to kustomize.
      return was !== undefined && !(typeof was === "number" && !Number.isFinite(was))
        ? {
            words: `${place} is ${typeOf(was)}, and the build fails over ${shown(value)} there; correct the path of source or target`,
            isFatal: true,
          }
        : undefined;
    case "lost":
      return {
        words: `the source is ${shapeOf(value)}, and kustomize leaves nothing of it in ${place}, a plain value; correct the path of source or target`,
        isFatal: false,
      };
    case "shape":
      // Definitions hold values of any kind: defaults and examples.
      return was !== undefined && isOfKubernetes(id) && id.kind !== "CustomResourceDefinition"
        ? {
            words: `${place} is ${shapeOf(was)}, and kustomize puts ${shown(value)} in its place, which no cluster takes; correct the path of source or target`,
            isFatal: false,
          }
        : undefined;
    case "bare":
      return wantsText(id, path)
        ? {
            words: `kustomize writes ${shown(value)} there without quotes, and no cluster takes that for a text; give the field a text, such as "", in ${showId(id)}`,
            isFatal: false,
          }
        : undefined;
  }
}

/** Fields that a cluster takes texts alone for. */
function wantsText({ kind, group }: Id, path: string): boolean {
  if (/^metadata\.labels\./.test(path)) return true;
  if (group === "" && kind === "ConfigMap") return /^data\./.test(path);
  if (group === "" && kind === "Secret") return /^(data|stringData)\./.test(path);
  return isOfKubernetes({ group }) && /\.containers\.[^.]+\.env\.[^.]+\.value$/i.test(path);
}

function typeOf(value: Value): string {
  if (value === null) return "null";
  return typeof value === "number" ? "a number" : "true or false";
}

function shown(value: Value): string {
  if (typeof value === "string") return `the text "${value.length > 40 ? `${value.slice(0, 39)}…` : value}"`;
  return typeof value === "object" && value !== null ? shapeOf(value) : String(value);
}
