// Exact selection, as sources and targets of replacements compare up to kustomize 5.7: each written key must be equal.

import type { Node } from "../../../text/node.js";
import { type Id, idFrom, namespaceOf } from "./identity.js";
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

/** The object of a var: group, version and kind must be written as they are; apiVersion counts before group and version. */
export function fitsVar(objref: Node | undefined, id: Id): boolean {
  const text = (name: string) => textOf(objref, name) ?? "";
  const { group, version } =
    text("apiVersion") === ""
      ? { group: text("group"), version: text("version") }
      : idFrom(text("apiVersion"), "", "", "");
  const isKind = group === id.group && version === id.version && text("kind") === id.kind;
  return isKind && text("name") === id.name && ["", id.namespace, namespaceOf(id)].includes(text("namespace"));
}

export const hasLabels = (node: Node | undefined): boolean =>
  pairOf(node, "labelSelector") !== undefined || pairOf(node, "annotationSelector") !== undefined;

/** Releases from 5.8 on read these as expressions; whoever writes such builds with one of them. */
export const isRegexLike = (node: Node | undefined): boolean =>
  ["group", "version", "kind", "name", "namespace"].some((name) => /[*+?|()[\]^$\\]/.test(textOf(node, name) ?? ""));
