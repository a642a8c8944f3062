// The commands of kubectl that are answered without it, by the same API that answers kubectl: each a few words of what kubectl does.
import { setTimeout } from "node:timers/promises";
import { withAnswerLost } from "../../../../client/ops/hosts/hostError.js";
import { cancelledProcess } from "../../../../client/ops/transports/toolErrors.js";
import { answerTo } from "./api.js";
import type { Cluster } from "./index.js";
import { isRecord, type KubeObject, labelsFit, valueAt } from "./objects.js";
import { type Resource, resources } from "./resources.js";

export interface Command {
  readonly verb: string;
  /** What stands after the verb, options left out. */
  readonly words: readonly string[];
  readonly options: ReadonlyMap<string, string>;
  /** What it reads. */
  readonly text?: string;
}

export interface Answered {
  readonly code?: number;
  readonly out?: string;
  readonly err?: string;
}

/** Answers undefined for what only kubectl knows. */
type Answerer = (cluster: Cluster, command: Command, signal: AbortSignal) => Promise<Answered | undefined>;

/** Verbs that change nothing, so that both answers can be compared. */
export const lookingVerbs: readonly string[] = ["get", "logs", "auth"];

export const answerers: Readonly<Record<string, Answerer>> = {
  get: async (cluster, command) => {
    const [type = "", name = type.split("/")[1]] = command.words;
    if (name === undefined) return listed(cluster, type, command);
    const resource = resourceOf(type.replace(/\/.*/, ""));
    if (resource === undefined) return undefined;
    const object = cluster.objects.get(resource.kind, namespaceOf(command), name);
    if (object === undefined)
      return command.options.has("ignore-not-found") ? {} : notFound(cluster, resource, command, name);
    return shown(object, command);
  },
  logs: async (cluster, { words: [name = ""], options }) => {
    const pod = cluster.pods().find((one) => one.name === name);
    if (pod === undefined || options.has("follow") || options.has("since")) return undefined;
    const tail = Number(options.get("tail") ?? pod.log.length);
    return {
      out: pod.log
        .slice(Math.max(0, pod.log.length - tail))
        .map((line) => `${line}\n`)
        .join(""),
    };
  },
  auth: async (_cluster, { words }) => (words[0] === "can-i" ? { out: "yes\n" } : undefined),
  create: async (cluster, command) => sent(cluster, command, "POST", "created"),
  replace: async (cluster, command) => sent(cluster, command, "PUT", "replaced"),
  delete: async (cluster, command) => {
    const [type = "", name = type.split("/")[1]] = command.words;
    const resource = resourceOf(type.replace(/\/.*/, ""));
    if (resource === undefined || name === undefined) return undefined;
    const gone = cluster.objects.delete(resource.kind, namespaceOf(command), name);
    if (gone === undefined)
      return command.options.has("ignore-not-found") ? {} : notFound(cluster, resource, command, name);
    return { out: `${qualified(resource)} "${name}" deleted\n` };
  },
  rollout: async (cluster, command, signal) => {
    const [what, workload = ""] = command.words;
    const [type = "", name = ""] = workload.split("/");
    const resource = resourceOf(type);
    const object = () => resource && cluster.objects.get(resource.kind, namespaceOf(command), name);
    if (resource === undefined || object() === undefined) return undefined;
    if (what === "restart") return restarted(cluster, command, resource, name);
    return what === "status" && resource.kind === "Deployment" ? followed(object, command, signal) : undefined;
  },
};

function listed(cluster: Cluster, types: string, command: Command): Answered | undefined {
  const rows = types.split(",").map(resourceOf);
  if (command.options.get("output") !== "json" || rows.some((row) => row === undefined)) return undefined;
  const namespace = namespaceOf(command);
  const items = rows
    .flatMap((row) => (row === undefined ? [] : cluster.objects.list({ kind: row.kind, namespace })))
    .filter(({ metadata }) => labelsFit(metadata.labels ?? {}, command.options.get("selector")));
  return { out: JSON.stringify({ apiVersion: "v1", items, kind: "List", metadata: { resourceVersion: "" } }) };
}

function shown(object: KubeObject, { options }: Command): Answered | undefined {
  const output = options.get("output") ?? "";
  if (output === "json") return { out: JSON.stringify(object) };
  const path = /^jsonpath=\{\.([\w.]+)\}$/.exec(output)?.[1];
  if (path === undefined) return undefined;
  const found = valueAt(object, path.split("."));
  return { out: typeof found === "string" ? found : JSON.stringify(sorted(found)) };
}

function sent(cluster: Cluster, command: Command, method: string, done: string): Answered | undefined {
  const object: unknown = JSON.parse(command.text ?? "null");
  if (!isRecord(object) || command.options.get("filename") !== "-") return undefined;
  const resource = resources.find(({ kind }) => kind === object.kind);
  const name = valueAt(object, ["metadata", "name"]);
  if (resource === undefined || typeof name !== "string") return undefined;
  const target = { resource, namespace: namespaceOf(command), ...(method === "PUT" ? { name } : {}) };
  const asked = { method, target, query: new URLSearchParams(), type: "application/json", body: command.text ?? "" };
  const { code, body } = answerTo(cluster.objects, asked);
  if (code < 300) return { out: `${qualified(resource)}/${name} ${done}\n` };
  return refused(body, `error when ${done === "created" ? "creating" : "replacing"} "STDIN": `);
}

function restarted(cluster: Cluster, command: Command, resource: Resource, name: string): Answered {
  const annotations = { "kubectl.kubernetes.io/restartedAt": new Date().toISOString() };
  const body = JSON.stringify({ spec: { template: { metadata: { annotations } } } });
  const target = { resource, namespace: namespaceOf(command), name };
  const type = "application/strategic-merge-patch+json";
  answerTo(cluster.objects, { method: "PATCH", target, query: new URLSearchParams(), type, body });
  return { out: `${qualified(resource)}/${name} restarted\n` };
}

/** A Deployment's rollout, with a line for each state of it. */
async function followed(
  object: () => KubeObject | undefined,
  { words, options }: Command,
  signal: AbortSignal,
): Promise<Answered> {
  const name = words[1]?.split("/")[1] ?? "";
  const until = Date.now() + 1000 * Number.parseFloat(options.get("timeout") ?? "3600");
  const lines: string[] = [];
  for (;;) {
    const now = object();
    const line = now === undefined ? undefined : progress(name, now);
    if (line !== undefined && line !== lines.at(-1)) lines.push(line);
    const out = lines.map((one) => `${one}\n`).join("");
    if (line?.endsWith("successfully rolled out")) return { out };
    if (Date.now() >= until) return { code: 1, out, err: "error: timed out waiting for the condition\n" };
    await setTimeout(10, undefined, { signal }).catch(() => {
      throw withAnswerLost(cancelledProcess("reload", "kubectl", signal.reason));
    });
  }
}

function progress(name: string, { metadata, spec, status }: KubeObject): string {
  const number = (value: unknown, key: string) => Number(valueAt(value, [key]) ?? 0);
  const [wanted, updated] = [Number(valueAt(spec, ["replicas"]) ?? 1), number(status, "updatedReplicas")];
  const [all, available] = [number(status, "replicas"), number(status, "availableReplicas")];
  const waiting = `Waiting for deployment "${name}" rollout to finish:`;
  if (number(status, "observedGeneration") < (metadata.generation ?? 0))
    return "Waiting for deployment spec update to be observed...";
  if (updated < wanted) return `${waiting} ${updated} out of ${wanted} new replicas have been updated...`;
  if (all > updated) return `${waiting} ${all - updated} old replicas are pending termination...`;
  if (available < updated) return `${waiting} ${available} of ${updated} updated replicas are available...`;
  return `deployment "${name}" successfully rolled out`;
}

function notFound(cluster: Cluster, resource: Resource, command: Command, name: string): Answered {
  const target = { resource, namespace: namespaceOf(command), name };
  const asked = { method: "GET", target, query: new URLSearchParams(), type: "", body: "" };
  return refused(answerTo(cluster.objects, asked).body, "");
}

function refused(status: unknown, before: string): Answered {
  const [reason, message] = [valueAt(status, ["reason"]), valueAt(status, ["message"])];
  return { code: 1, err: `Error from server (${reason}): ${before}${message}\n` };
}

function namespaceOf({ options }: Command): string {
  return options.get("namespace") ?? "default";
}

function resourceOf(type: string): Resource | undefined {
  const word = type.replace(/\.apps$/, "").toLowerCase();
  return resources.find(({ kind, plural, short = [] }) => [kind.toLowerCase(), plural, ...short].includes(word));
}

/** `deployment.apps`, `configmap`. */
function qualified({ group, kind }: Resource): string {
  return group === "" ? kind.toLowerCase() : `${kind.toLowerCase()}.${group}`;
}

/** With its keys in the order that kubectl writes them. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
