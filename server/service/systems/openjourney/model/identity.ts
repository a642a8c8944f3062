// What tells one Kubernetes object from another for kustomize: group, version, kind, name and effective namespace; and
// the selectors that pick objects by regular expressions and labels.

import type { MapNode } from "../../../text/node.js";
import { remember } from "../../../text/remember.js";
import { type Compiled, compileGo } from "./goRegex.js";
import { matchesLabels } from "./labelSelector.js";
import { textOf } from "./reading.js";

export interface Id {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly name: string;
  /** "" where none is written. */
  readonly namespace: string;
}

export function idFrom(apiVersion: string, kind: string, name: string, namespace: string): Id {
  const slash = apiVersion.indexOf("/");
  const group = slash < 0 ? "" : apiVersion.slice(0, slash);
  return { group, version: slash < 0 ? apiVersion : apiVersion.slice(slash + 1), kind, name, namespace };
}

/** One text per identity; an absent namespace is `default`, and cluster-scoped kinds have none. */
export const keyOf = remember((id: Id): string =>
  [id.group, id.version, id.kind, id.name, namespaceOf(id)].join("\u0000"),
);

export function namespaceOf(id: Id): string {
  if (isClusterScoped(id)) return "";
  return id.namespace === "" ? "default" : id.namespace;
}

export function isClusterScoped({ group, kind }: Id): boolean {
  return CLUSTER_SCOPED[group]?.includes(kind) ?? false;
}

/** Whether its type is Kubernetes' own, as far as its group tells. */
export const isOfKubernetes = ({ group }: Pick<Id, "group">): boolean =>
  !group.includes(".") || group.endsWith(".k8s.io");

export const showId = ({ kind, name, namespace }: Id): string =>
  namespace === "" ? `${kind} "${name}"` : `${kind} "${name}" in namespace "${namespace}"`;

const CLUSTER_SCOPED: Readonly<Record<string, readonly string[]>> = {
  "": ["ComponentStatus", "Namespace", "Node", "PersistentVolume"],
  "admissionregistration.k8s.io": ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"],
  "apiextensions.k8s.io": ["CustomResourceDefinition"],
  "apiregistration.k8s.io": ["APIService"],
  "authentication.k8s.io": ["TokenReview"],
  "authorization.k8s.io": ["SelfSubjectAccessReview", "SelfSubjectRulesReview", "SubjectAccessReview"],
  "certificates.k8s.io": ["CertificateSigningRequest"],
  "flowcontrol.apiserver.k8s.io": ["FlowSchema", "PriorityLevelConfiguration"],
  "networking.k8s.io": ["IngressClass"],
  "node.k8s.io": ["RuntimeClass"],
  policy: ["PodSecurityPolicy"],
  "rbac.authorization.k8s.io": ["ClusterRole", "ClusterRoleBinding"],
  "scheduling.k8s.io": ["PriorityClass"],
  "storage.k8s.io": ["CSIDriver", "CSINode", "StorageClass", "VolumeAttachment"],
};

/** What a selector needs to know of an object: all of its ids, and its labels when they are known. */
export interface Selectable {
  readonly ids: readonly Id[];
  readonly labels: Readonly<Record<string, string>> | undefined;
  readonly annotations: Readonly<Record<string, string>> | undefined;
}

export interface Selector {
  /** The one name that it takes, where it is written out; undefined for expressions of several. */
  readonly only: string | undefined;
  /** True, false, or undefined where it can't be known. */
  matches(object: Selectable): boolean | undefined;
}

/** The selector of a patch: five anchored regular expressions and two label selectors; absent ones take everything. */
export function selectorOf(target: MapNode | undefined): Selector {
  return target ? selectorIn(target) : selectorFrom(() => undefined);
}

const selectorIn = remember((target: MapNode) => selectorFrom((key) => textOf(target, key)));

function selectorFrom(textAt: (key: string) => string | undefined): Selector {
  const [group, version, kind, name, namespace] = ["group", "version", "kind", "name", "namespace"].map((key) => {
    const text = textAt(key);
    return text === undefined || text === "" ? undefined : compileGo(text);
  });
  const labels = textAt("labelSelector") ?? "";
  const annotations = textAt("annotationSelector") ?? "";
  const written = textAt("name") ?? "";
  return { only: /^[A-Za-z0-9-]+$/.test(written) ? written : undefined, matches };

  function matches(object: Selectable): boolean | undefined {
    const current = object.ids.at(-1);
    if (!current) return undefined;
    return all([
      holds(group, current.group),
      holds(version, current.version),
      holds(kind, current.kind),
      any(object.ids.map((id) => all([holds(name, id.name), holds(namespace, spaceOf(id))]))),
      labels === "" ? true : object.labels && matchesLabels(labels, object.labels),
      annotations === "" ? true : object.annotations && matchesLabels(annotations, object.annotations),
    ]);
  }
}

/** An absent namespace counts as `default`; objects of no namespace only fit an absent or all-embracing expression. */
const spaceOf = (id: Id): string => (isClusterScoped(id) ? "_non_namespaceable_" : namespaceOf(id));

function holds(regex: Compiled | undefined, text: string): boolean | undefined {
  if (!regex) return true;
  return regex.is === "regex" ? regex.test(text) : undefined;
}

function all(parts: readonly (boolean | undefined)[]): boolean | undefined {
  if (parts.includes(false)) return false;
  return parts.includes(undefined) ? undefined : true;
}

function any(parts: readonly (boolean | undefined)[]): boolean | undefined {
  if (parts.includes(true)) return true;
  return parts.includes(undefined) ? undefined : false;
}
