// Whether a file of a kustomization's name is one, and whether an object belongs to a plugin. Flux has a Kustomization object
// of its own; that one is not ours.

import { keyText, type Node } from "../../text/node.js";
import type { Parsed } from "../../text/parsed.js";
import type { Workspace } from "../facts.js";
import { asMap, asScalar } from "../read.js";
import type { Verdict } from "../system.js";
import { exact, plain } from "./model/objects.js";
import { pluginOf } from "./model/plugin.js";

export function looksLikeKustomization(parsed: Parsed): Verdict {
  const isFlux = parsed.tree.documents.some(
    ({ root }) => groupOf(root).includes("toolkit.fluxcd.io") && !isMislabelled(root),
  );
  if (isFlux) return { ours: false, reason: "a Flux object, not a kustomization file" };
  return { ours: true, reason: "kustomize reads a file of this name" };
}

export function looksLikeObject(parsed: Parsed, { files }: Workspace): Verdict {
  const root = asMap(parsed.tree.documents[0]?.root);
  const isObject =
    plain(root, "apiVersion") !== "" && plain(root, "kind") !== "" && plain(exact(root, "metadata"), "name") !== "";
  if (!isObject) return { ours: false, reason: "it holds no Kubernetes object" };
  return pluginOf(parsed.path, files)
    ? { ours: true, reason: "a Kubernetes object of an OpenJourney plugin" }
    : { ours: false, reason: "no folder beside it is a plugin with a Dockerfile" };
}

/** Fields of kustomize without the `spec` that each object of Flux has: a kustomization with the wrong apiVersion. */
function isMislabelled(root: Node | undefined): boolean {
  const keys = asMap(root)?.pairs.map(keyText) ?? [];
  return !keys.includes("spec") && ["resources", "components", "bases"].some((field) => keys.includes(field));
}

function groupOf(root: Node | undefined): string {
  const apiVersion = asMap(root)?.pairs.find((pair) => keyText(pair)?.toLowerCase() === "apiversion");
  return asScalar(apiVersion?.value)?.text ?? "";
}
