// What runs in the namespace: workloads by the plugin whose image they run, with how far their pods have got.
import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { listAt, printedJson, textAt, valueAt } from "../../transports/kubernetes/json.js";
import type { PluginSummary } from "../host.js";
import { detectionOf, localRegistry } from "./conventions.js";
import { repositoryOf } from "./manifests.js";
import { projectAbove, type Site } from "./site.js";

export interface Workload {
  readonly plugin: string;
  /** `deployment/local-web-deployment`. */
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly image: string;
  /** Labels of its pods, as kubectl takes them. */
  readonly selector: string;
  readonly wanted: number;
  readonly ready: number;
  /** Why its pods don't get ready, in the cluster's words. */
  readonly trouble?: string;
}

/** Names of workloads that are a plugin's whatever image they run. */
export type Named = readonly { readonly plugin: string; readonly name: string }[];

/** What runs an image of the host's registry, or has one of the names. */
export async function workloadsOn(
  site: Site,
  step: string,
  signal: AbortSignal,
  named: Named = [],
): Promise<readonly Workload[]> {
  const args = ["get", "deployments,statefulsets,daemonsets", "--output=json", "--request-timeout=20s"];
  const { out } = await site.kubectl({ step, args, signal, maxBytes: 64 * 1024 * 1024 });
  return listAt(printedJson(step, out), "items").flatMap((item) => workloadOf(item, site, named));
}

function workloadOf(item: unknown, { registry }: Site, named: Named): readonly Workload[] {
  const [kind, name] = [textAt(item, "kind") ?? "", textAt(item, "metadata", "name") ?? ""];
  const images = listAt(item, "spec", "template", "spec", "containers").flatMap((one) => textAt(one, "image") ?? []);
  const own = images.find((one) => isIn(registry, one));
  const by = named.find((one) => name === one.name || name.endsWith(`-${one.name}`));
  const image = own ?? (by === undefined ? undefined : images[0]);
  if (image === undefined) return [];
  const labels = valueAt(item, "spec", "selector", "matchLabels");
  const selector = Object.entries(typeof labels === "object" && labels !== null ? labels : {})
    .map(([key, value]) => `${key}=${String(value)}`)
    .join(",");
  const number = (...at: readonly string[]) => {
    const value = valueAt(item, ...at);
    return typeof value === "number" ? value : undefined;
  };
  const conditions = listAt(item, "status", "conditions");
  const failed = conditions.find((one) => one.type === "Progressing" && one.status === "False");
  const trouble = failed === undefined ? undefined : (textAt(failed, "message") ?? textAt(failed, "reason"));
  return [
    {
      plugin: own === undefined && by !== undefined ? by.plugin : (repositoryOf(image).split("/").at(-1) ?? ""),
      id: `${kind.toLowerCase()}/${name}`,
      kind,
      name,
      image,
      selector,
      wanted: number("spec", "replicas") ?? number("status", "desiredNumberScheduled") ?? 1,
      ready: number("status", "readyReplicas") ?? number("status", "numberReady") ?? 0,
      ...(trouble === undefined ? {} : { trouble }),
    },
  ];
}

/** Images of the host's registry, and those that the server's own tool names. */
const isIn = (registry: string, image: string): boolean =>
  image.startsWith(`${registry}/`) || image.startsWith(`${localRegistry}/`);

/** One line for each plugin; what isn't in the project's folder of plugins is the server's own. */
export async function pluginsOn(site: Site, signal: AbortSignal): Promise<readonly PluginSummary[]> {
  const own = await projectPlugins(site);
  const workloads = await workloadsOn(site, "list", signal, own?.named);
  const names = [...new Set(workloads.map(({ plugin }) => plugin))].sort();
  return names.map((name) =>
    summaryOf(
      name,
      workloads.filter(({ plugin }) => plugin === name),
      own?.names,
    ),
  );
}

export function summaryOf(
  name: string,
  workloads: readonly Workload[],
  own: readonly string[] | undefined,
): PluginSummary {
  const waiting = workloads.filter(({ ready, wanted }) => ready < wanted);
  const counts = workloads.map(({ id, ready, wanted }) => `${id} ${ready}/${wanted}`).join(", ");
  const trouble = waiting.flatMap(({ trouble: one }) => one ?? [])[0];
  const message = `${counts}${trouble === undefined ? "" : `: ${trouble}`}`;
  const version = versionOf(workloads[0]?.image ?? "");
  const isOwn = own === undefined || own.includes(name);
  const reason = { code: "openjourney/not-ready", message };
  return {
    name,
    state: trouble === undefined ? "loaded" : "failed",
    ...(version === undefined ? {} : { version }),
    routes: [],
    menus: [],
    dependencies: [],
    optionalDependencies: [],
    removeKey: name,
    removable: isOwn,
    source: isOwn ? "uploaded" : "built-in",
    note: message,
    ...(trouble === undefined ? {} : { reason }),
  };
}

/** The tag, else the beginning of the digest. */
export function versionOf(image: string): string | undefined {
  const [plain = "", digest] = image.split("@");
  const tag = plain.slice(repositoryOf(image).length + 1);
  if (tag !== "") return tag;
  return digest === undefined ? undefined : digest.replace(/^sha256:/, "").slice(0, 12);
}

/** Changes with the images that run; equal as long as nobody deployed anything else. */
export function imagesDigest(workloads: readonly Workload[]): string {
  const hash = createHash("sha256");
  for (const { id, image } of [...workloads].sort((a, b) => (a.id < b.id ? -1 : 1))) hash.update(`${id}\0${image}\n`);
  return hash.digest("hex");
}

/** The project's plugins, and the names that the server finds their objects by; undefined where the row leads to no project. */
async function projectPlugins({
  overlay,
}: Site): Promise<{ readonly names: readonly string[]; readonly named: Named } | undefined> {
  const root = overlay === undefined ? undefined : await projectAbove(overlay);
  if (root === undefined) return undefined;
  const names = await readdir(path.join(root, "plugins")).catch(() => []);
  const found = names.map(async (plugin) => {
    const detection = await detectionOf(path.join(root, "plugins", plugin));
    return detection.names.map((name) => ({ plugin, name }));
  });
  return { names, named: (await Promise.all(found)).flat() };
}
