// Exact selection, as sources and targets of replacements compare up to kustomize 5.7: each written key must be equal.

import type { Node } from "../../../text/node.js";
import { type Id, namespaceOf } from "./identity.js";
import { pairOf, textOf } from "./reading.js";

export function fitsExactly(selector: Node | undefined, id: Id): boolean {
  const fits = (name: string, ...values: string[]) => {
    const text = textOf(selector, name) ?? "";
    return text === "" || values.includes(text);
  };
  return (
    fits("group", id.group) &&
    fits("version", id.version) &&
    fits("kind", id.kind) &&
    fits("name", id.name) &&
    fits("namespace", id.namespace, namespaceOf(id))
  );
}

/** The object of a var: group, version and kind must be written as they are; what apiVersion says counts before them. */
export function fitsVar(objref: Node | undefined, id: Id): boolean {
  const text = (name: string) => textOf(objref, name) ?? "";
  const parts = text("apiVersion") === "" ? [] : text("apiVersion").split("/");
  const group = parts.length === 2 ? parts[0] : text("group");
  const version = parts.length === 1 || parts.length === 2 ? parts.at(-1) : text("version");
  const isKind = group === id.group && version === id.version && text("kind") === id.kind;
  return isKind && text("name") === id.name && ["", id.namespace, namespaceOf(id)].includes(text("namespace"));
}

export const hasLabels = (node: Node | undefined): boolean =>
  pairOf(node, "labelSelector") !== undefined || pairOf(node, "annotationSelector") !== undefined;

/** Releases from 5.8 on read these as expressions; whoever writes such builds with one of them. */
export const isRegexLike = (node: Node | undefined): boolean =>
  ["group", "version", "kind", "name", "namespace"].some((name) => /[*+?|()[\]^$\\]/.test(textOf(node, name) ?? ""));
