// Requests about objects: which object or list a path means, and what is done with it. Everything but streams.
import { isObject, patched } from "./merge.js";
import { fits, isRecord, type KubeObject, type Objects, stamped } from "./objects.js";
import { apiVersionOf, type Resource, resources } from "./resources.js";

export interface Target {
  readonly resource: Resource;
  readonly namespace?: string;
  readonly name?: string;
  /** `exec`, `log`, `status`. */
  readonly part?: string;
}

export interface Answer {
  readonly code: number;
  readonly body: unknown;
}

/** `/apis/apps/v1/namespaces/x/deployments/y` and the like. */
export function targetOf(path: string): Target | undefined {
  const parts = path.split("/").slice(1).map(decodeURIComponent);
  const group = parts[0] === "api" ? "" : (parts[1] ?? "");
  const rest = parts.slice(parts[0] === "api" ? 2 : 3);
  const namespaced = rest[0] === "namespaces" && rest.length > 2;
  const [plural, name, part] = namespaced ? rest.slice(2) : rest;
  const resource = resources.find((row) => row.plural === plural && row.group === group);
  if (resource === undefined) return undefined;
  return {
    resource,
    ...(namespaced && rest[1] !== undefined ? { namespace: rest[1] } : {}),
    ...(name === undefined ? {} : { name }),
    ...(part === undefined ? {} : { part }),
  };
}

export interface Asked {
  readonly method: string;
  readonly target: Target;
  readonly query: URLSearchParams;
  readonly type: string;
  readonly body: string;
}

export function answerTo(objects: Objects, asked: Asked): Answer {
  const { method, target, query } = asked;
  const { resource, namespace, name } = target;
  const dry = query.has("dryRun");
  if (method === "POST") return created(objects, target, parsed(asked), dry);
  if (name === undefined)
    return method === "GET" ? listed(objects, target, query) : failure(405, "MethodNotAllowed", "not here");
  const former = objects.get(resource.kind, namespace, name);
  if (method === "PUT") return { code: 200, body: kept(objects, complete(target, parsed(asked)), former, dry) };
  if (former === undefined)
    return failure(404, "NotFound", `${qualified(resource)} "${name}" not found`, { name, kind: resource.plural });
  if (method === "GET") return { code: 200, body: former };
  if (method === "PATCH") {
    const strategic = asked.type.includes("strategic");
    if (!strategic && !asked.type.includes("merge-patch")) return failure(415, "UnsupportedMediaType", asked.type);
    const body: unknown = JSON.parse(asked.body);
    return { code: 200, body: kept(objects, patched(former, body, strategic), former, dry) };
  }
  if (method !== "DELETE") return failure(405, "MethodNotAllowed", "not here");
  if (!dry) objects.delete(resource.kind, namespace, name);
  const details = { name, kind: resource.plural, uid: former.metadata.uid };
  return { code: 200, body: { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success", details } };
}

export function failure(code: number, reason: string, message: string, details?: unknown): Answer {
  const body = { kind: "Status", apiVersion: "v1", metadata: {}, status: "Failure", message, reason, details, code };
  return { code, body };
}

/** Whether a change of this object is to be told to somebody who asked so. */
export function concerns({ resource, namespace, name }: Target, query: URLSearchParams, object: KubeObject): boolean {
  const selector = { labelSelector: query.get("labelSelector") ?? "", fieldSelector: query.get("fieldSelector") ?? "" };
  return (
    (name === undefined || object.metadata.name === name) &&
    fits(object, { kind: resource.kind, ...(namespace === undefined ? {} : { namespace }), ...selector })
  );
}

function listed(objects: Objects, target: Target, query: URLSearchParams): Answer {
  const { resource } = target;
  const items = objects.list({ kind: resource.kind }).filter((object) => concerns(target, query, object));
  const metadata = { resourceVersion: objects.version() };
  return { code: 200, body: { kind: `${resource.kind}List`, apiVersion: apiVersionOf(resource), metadata, items } };
}

function created(objects: Objects, target: Target, body: KubeObject, dry: boolean): Answer {
  const object = complete(target, body);
  const { name, namespace } = object.metadata;
  if (objects.get(object.kind, namespace, name) !== undefined)
    return failure(409, "AlreadyExists", `${qualified(target.resource)} "${name}" already exists`, { name });
  return { code: 201, body: kept(objects, object, undefined, dry) };
}

function kept(objects: Objects, object: KubeObject, former: KubeObject | undefined, dry: boolean): KubeObject {
  return dry ? stamped(object, former, objects.version()) : objects.put(object);
}

/** With the namespace of its path and what a server fills in. */
function complete({ resource, namespace }: Target, object: KubeObject): KubeObject {
  const metadata = { ...object.metadata, ...(namespace === undefined ? {} : { namespace }) };
  if (resource.kind !== "StatefulSet") return { ...object, metadata };
  const spec = isRecord(object.spec) ? object.spec : {};
  return { ...object, metadata, spec: { updateStrategy: { type: "RollingUpdate" }, ...spec } };
}

function parsed({ body, target }: Asked): KubeObject {
  const value: unknown = JSON.parse(body);
  const apiVersion = apiVersionOf(target.resource);
  const named = isRecord(value) ? { apiVersion, kind: target.resource.kind, metadata: { name: "" }, ...value } : value;
  if (isObject(named)) return named;
  if (isRecord(named)) return { apiVersion, kind: target.resource.kind, ...named, metadata: { name: "" } };
  throw new Error("the body is no object");
}

function qualified({ group, plural }: Resource): string {
  return group === "" ? plural : `${plural}.${group}`;
}
