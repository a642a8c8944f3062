// The objects of a test cluster: kept, listed by labels and fields, changed, watched. What they mean is the controllers' matter.
import { randomUUID } from "node:crypto";

export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
  readonly [field: string]: unknown;
}

export interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly generation?: number;
  readonly [field: string]: unknown;
}

export type Change = "ADDED" | "MODIFIED" | "DELETED";
export type Watcher = (change: Change, object: KubeObject) => void;

export interface Query {
  readonly kind: string;
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

export interface Objects {
  get(kind: string, namespace: string | undefined, name: string): KubeObject | undefined;
  list(query: Query): readonly KubeObject[];
  /** Makes or replaces; answers what is kept, with uid, version and generation. */
  put(object: KubeObject): KubeObject;
  delete(kind: string, namespace: string | undefined, name: string): KubeObject | undefined;
  /** Tells what changes, after what has changed since a version. The answer ends it. */
  watch(since: string | undefined, watcher: Watcher): () => void;
  version(): string;
}

export function createObjects(): Objects {
  const kept = new Map<string, KubeObject>();
  const watchers = new Set<Watcher>();
  const history: { readonly version: number; readonly change: Change; readonly object: KubeObject }[] = [];
  let version = 1;
  const keyOf = (kind: string, namespace: string | undefined, name: string) => `${kind} ${namespace ?? ""} ${name}`;
  const tell = (change: Change, object: KubeObject) => {
    history.push({ version, change, object });
    for (const watcher of watchers) watcher(change, object);
  };
  return {
    get: (kind, namespace, name) => kept.get(keyOf(kind, namespace, name)),
    list: (query) => [...kept.values()].filter((object) => fits(object, query)),
    put: (object) => {
      const { kind, metadata } = object;
      const key = keyOf(kind, metadata.namespace, metadata.name);
      const former = kept.get(key);
      version += 1;
      const stored = stamped(object, former, String(version));
      kept.set(key, stored);
      tell(former === undefined ? "ADDED" : "MODIFIED", stored);
      return stored;
    },
    delete: (kind, namespace, name) => {
      const key = keyOf(kind, namespace, name);
      const former = kept.get(key);
      if (former === undefined) return undefined;
      kept.delete(key);
      version += 1;
      tell("DELETED", former);
      return former;
    },
    watch: (since, watcher) => {
      watchers.add(watcher);
      const missed = since === undefined ? [] : history.filter((one) => one.version > Number(since));
      for (const { change, object } of missed) watcher(change, object);
      return () => watchers.delete(watcher);
    },
    version: () => String(version),
  };
}

/** As a server would keep it, whether or not it is then kept. */
export function stamped(object: KubeObject, former: KubeObject | undefined, version: string): KubeObject {
  const changed = JSON.stringify(former?.spec) !== JSON.stringify(object.spec);
  const generation = (former?.metadata.generation ?? 0) + (changed ? 1 : 0);
  return {
    ...object,
    metadata: {
      creationTimestamp: new Date().toISOString().replace(/\.\d+/, ""),
      ...object.metadata,
      uid: former?.metadata.uid ?? object.metadata.uid ?? randomUUID(),
      resourceVersion: version,
      generation,
    },
  };
}

export function fits(object: KubeObject, { kind, namespace, labelSelector, fieldSelector }: Query): boolean {
  if (object.kind !== kind) return false;
  if (namespace !== undefined && object.metadata.namespace !== namespace) return false;
  return labelsFit(object.metadata.labels ?? {}, labelSelector) && fieldsFit(object, fieldSelector);
}

/** `app=x,tier!=y,a in (b,c),!hidden`. */
export function labelsFit(labels: Readonly<Record<string, string>>, selector = ""): boolean {
  return selector.split(/,(?![^(]*\))/).every((requirement) => {
    const text = requirement.trim();
    if (text === "") return true;
    if (text.startsWith("!")) return !(text.slice(1) in labels);
    const set = /^(\S+)\s+(not)?\s*in\s*\(([^)]*)\)$/.exec(text);
    if (set !== null) {
      const values = (set[3] ?? "").split(",").map((value) => value.trim());
      return values.includes(labels[set[1] ?? ""] ?? "") === (set[2] === undefined);
    }
    const [, name = "", sign, value] = /^([^=!]+)(==|=|!=)?(.*)$/.exec(text) ?? [];
    if (sign === undefined) return name in labels;
    return (labels[name.trim()] === value?.trim()) === (sign !== "!=");
  });
}

function fieldsFit(object: KubeObject, selector = ""): boolean {
  return selector.split(",").every((requirement) => {
    const [, field = "", sign, value] = /^([\w.]+)(!=|==|=)(.*)$/.exec(requirement.trim()) ?? [];
    if (sign === undefined) return true;
    return (String(valueAt(object, field.split("."))) === value) === (sign !== "!=");
  });
}

export function valueAt(value: unknown, at: readonly string[]): unknown {
  return at.reduce<unknown>((inner, key) => (isRecord(inner) ? inner[key] : undefined), value);
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
