// References by name and namespace that more than one object fits once names and namespaces have been set: subjects of a
// ClusterRoleBinding, and services of webhooks. Such of namespaced objects only reach what lies in their own namespace.

import type { Value } from "../../../text/reading.js";
import type { Built } from "./built.js";
import { type Id, isClusterScoped, namespaceOf } from "./identity.js";
import { BLUR, isFields } from "./jsonPatch.js";

export interface Ambiguous {
  readonly name: string;
  /** Of what kind the objects are that it fits. */
  readonly kind: string;
  readonly fits: readonly Built[];
}

interface Place {
  readonly kind: string;
  referencesIn(content: Value): readonly Value[];
}

const SUBJECTS: Place = { kind: "ServiceAccount", referencesIn: (content) => itemsAt(content, "subjects") };
const WEBHOOKS: Place = {
  kind: "Service",
  referencesIn: (content) =>
    itemsAt(content, "webhooks").flatMap((one) => fieldAt(fieldAt(one, "clientConfig"), "service") ?? []),
};
const PLACES: Readonly<Record<string, Place>> = {
  ClusterRoleBinding: SUBJECTS,
  ValidatingWebhookConfiguration: WEBHOOKS,
  MutatingWebhookConfiguration: WEBHOOKS,
};

/** The first reference of an object that several of all objects fit. */
export function ambiguousIn(content: Value, ids: readonly Id[], all: readonly Built[]): Ambiguous | undefined {
  const id = ids.at(-1);
  const place = id && isClusterScoped(id) ? PLACES[id.kind] : undefined;
  for (const reference of place?.referencesIn(content) ?? []) {
    const name = fieldAt(reference, "name");
    const namespace = fieldAt(reference, "namespace");
    const isKnown = namespace === undefined || typeof namespace === "string";
    if (!place || typeof name !== "string" || !isKnown) continue;
    const fits = among(within(all, namespace), name, place.kind, ids);
    if (fits.length > 1) return { name, kind: place.kind, fits };
  }
  return undefined;
}

/** A namespace is first one that objects had in their files, and else one that they have now. */
function within(all: readonly Built[], namespace: string | undefined): readonly Built[] {
  if (namespace === undefined) return all;
  const inNamespace = (at: number) =>
    all.filter(({ ids }) => {
      const id = ids.at(at);
      return id && !isClusterScoped(id) && namespaceOf(id) === namespace;
    });
  const own = inNamespace(0);
  return own.length > 0 ? own : inNamespace(-1);
}

/** Only objects that had another name or namespace before are looked at; affixes like the referrer's own decide between them. */
function among(all: readonly Built[], name: string, kind: string, referrer: readonly Id[]): readonly Built[] {
  const found = all.filter(({ ids }) => {
    const former = ids.slice(0, -1);
    return former.some((id) => id.name === name) && former.some((id) => id.kind === kind && id.group === "");
  });
  if (found.length < 2 || found.some(({ isLost }) => isLost)) return [];
  const own = affixesOf(referrer);
  const alike = found.filter(({ ids }) => own && endAlike(own, affixesOf(ids)));
  const results = new Set(alike.map(({ ids }) => `${ids.at(-1)?.name} ${ids.at(-1)?.namespace}`));
  return results.size > 1 ? alike : [];
}

interface Affixes {
  readonly prefixes: readonly string[];
  readonly suffixes: readonly string[];
}

/** What was set before and behind a name, one after the other; undefined where it became another one. */
function affixesOf(ids: readonly Id[]): Affixes | undefined {
  const prefixes: string[] = [];
  const suffixes: string[] = [];
  for (const [at, { name }] of ids.slice(1).entries()) {
    const former = ids[at]?.name ?? "";
    if (name === former) continue;
    if (name.endsWith(former)) prefixes.push(name.slice(0, name.length - former.length));
    else if (name.startsWith(former)) suffixes.push(name.slice(former.length));
    else return undefined;
  }
  return { prefixes, suffixes };
}

const endAlike = (one: Affixes, other: Affixes | undefined): boolean =>
  other !== undefined && endsAlike(one.prefixes, other.prefixes) && endsAlike(one.suffixes, other.suffixes);

/** Whether the shorter list is the end of the longer one; none is only like none. */
function endsAlike(one: readonly string[], other: readonly string[]): boolean {
  const length = Math.min(one.length, other.length);
  if (length === 0) return one.length === other.length;
  return one.slice(-length).every((affix, at) => affix === other.slice(-length)[at]);
}

function itemsAt(content: Value, name: string): readonly Value[] {
  const list = fieldAt(content, name);
  return Array.isArray(list) ? list : [];
}

const fieldAt = (value: Value | undefined, name: string): Value | undefined =>
  value !== BLUR && isFields(value) ? value[name] : undefined;
