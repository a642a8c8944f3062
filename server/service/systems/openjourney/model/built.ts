// One object on its way through a build: the names it has had, and what is known of its content.

import { lookUp } from "../../../text/grouped.js";
import type { Span } from "../../../text/node.js";
import { hostValue, type Value } from "../../../text/reading.js";
import type { Id } from "./identity.js";
import { exactLabels, type KubeObject, type LateFlaw } from "./objects.js";
import { OBJECTS } from "./reading.js";
import { lateIn } from "./spared.js";

/** One object with all the names it has had, its own first, the current one last. */
export interface Built {
  readonly ids: readonly Id[];
  /** Whether a patch may have changed its identity to one that can't be told. */
  readonly isLost: boolean;
  readonly labels: Readonly<Record<string, string>> | undefined;
  readonly annotations: Readonly<Record<string, string>> | undefined;
  /** Its content while nothing has changed it but its names. */
  readonly content: Value | undefined;
  /** Behind other changes its content but for the places that those wrote at; undefined where that can't be told. */
  readonly blurred: (() => Value | undefined) | undefined;
  /** The file it came from; undefined for generated ones. */
  readonly path: string | undefined;
  /** What the output would stumble over, as far as nothing can have taken it away. */
  readonly late: readonly LateFlaw[];
  /** Where its name stands, in a resource file or at its generator. */
  readonly origin: Origin;
}

/** Objects of a list that have, or had before they were renamed, a name. */
export const everNamed = lookUp(({ ids }: Built) => new Set(ids.map(({ name }) => name)));

/** What tells an object from others: its names, and its file. */
export type Named = Pick<Built, "ids" | "origin">;

export interface Origin {
  readonly path: string;
  readonly span: Span;
}

export function fromFile(object: KubeObject, path: string): Built {
  const known = BUILT.get(object);
  if (known?.path === path) return known;
  const { labels, annotations } = exactLabels(object.node);
  const built: Built = {
    ids: [object.id],
    isLost: false,
    labels,
    annotations,
    content: hostValue(object.node, OBJECTS),
    blurred: undefined,
    path,
    late: lateIn(object.late, annotations),
    origin: { path, span: object.span },
  };
  BUILT.set(object, built);
  return built;
}

const BUILT = new WeakMap<KubeObject, Built>();

export const withoutContent = (object: Built): Built => ({
  ...object,
  content: undefined,
  blurred: undefined,
  labels: undefined,
  annotations: undefined,
});

/** What isn't known of a generated object. */
export const UNKNOWN = {
  isLost: false,
  labels: undefined,
  annotations: undefined,
  content: undefined,
  blurred: undefined,
  path: undefined,
  late: [],
};
