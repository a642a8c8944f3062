// The acts on an OpenJourney host: an image to its registry, a plugin's objects into the cluster and out again, its workloads
// restarted. Rollouts are watched to their end.
import { openCluster } from "../../transports/kubernetes/index.js";
import { restart } from "../../transports/kubernetes/rollout.js";
import type { Reloaded, Removed, ReplicaOutcome, Uploaded } from "../host.js";
import { HostError, withHostNow } from "../hostError.js";
import { inFolder, withKustomization } from "./applied.js";
import { appliedAfter, leftAfter } from "./askedAfter.js";
import { push, tag } from "./docker.js";
import { type Workload, workloadsOn } from "./live.js";
import { objectsIn, objectsOf, textOf } from "./manifests.js";
import { withDigest } from "./packing/packer.js";
import { type OpenjourneyShipment, referenceOf } from "./shipment.js";
import type { Site } from "./site.js";

const rolloutSeconds = 300;

/** Pushes unless the registry has it already, which the digest tells, then applies. */
export async function upload(site: Site, shipment: OpenjourneyShipment, signal: AbortSignal): Promise<Uploaded> {
  const { name } = shipment;
  const isPushed = shipment.image.digest !== undefined;
  const pushed = isPushed ? shipment : await pushedTo(site, shipment, signal).catch(unapplied);
  const image = referenceOf(pushed.image);
  const first: ReplicaOutcome = { replica: site.registry, ok: true, message: `has the image ${image}` };
  if (pushed.manifests.trim() === "") return { name, version: pushed.image.tag, replicas: [first], shipment: pushed };
  const changes = await withKustomization(pushed, (folder) => site.kustomize.apply(folder, signal)).catch(
    (error: unknown) => {
      if (error instanceof HostError) return appliedAfter(site, pushed, error);
      throw error;
    },
  );
  const applied = changes.map(({ object, change }) => ({ replica: object, ok: true, message: change }));
  return { name, version: pushed.image.tag, at: image, replicas: [first, ...applied], shipment: pushed };
}

async function pushedTo(site: Site, shipment: OpenjourneyShipment, signal: AbortSignal): Promise<OpenjourneyShipment> {
  const { image } = shipment;
  const reference = `${image.name}:${image.tag}`;
  // The host's row may name another registry than the one that was packed for.
  const wanted = { ...image, name: `${site.registry}/${shipment.name}` };
  if (wanted.name !== image.name) await tag(site.run, reference, `${wanted.name}:${wanted.tag}`, signal);
  await tag(site.run, image.id, `${wanted.name}:latest`, signal);
  const digest = await push(site.run, `${wanted.name}:${wanted.tag}`, signal);
  // The server's own tool goes by the name alone, which means this tag.
  await push(site.run, `${wanted.name}:latest`, signal);
  return withDigest({ ...shipment, image: wanted }, digest);
}

/** Objects come after the image. */
function unapplied(error: unknown): never {
  if (!(error instanceof HostError)) throw error;
  throw withHostNow(error, "the cluster has what it had; the registry may have the new image");
}

/** Every workload of the plugins starts its pods anew. */
export async function reload(site: Site, signal: AbortSignal): Promise<Reloaded> {
  const began = Date.now();
  const workloads = await workloadsOn(site, "reload", signal);
  for (const [at, { id }] of workloads.entries()) {
    await restart(site.kubectl, id, signal).catch((error: unknown) => {
      if (!(error instanceof HostError)) throw error;
      const before = workloads.slice(0, at).map((workload) => `${workload.id} restarts`);
      const now = error.answerLost || error.kind === "cancelled" ? "may restart" : "was not restarted";
      throw withHostNow(error, [...before, `${id} ${now}`].join(", "));
    });
  }
  for (const workload of workloads) await rolledOut(site, workload, signal);
  const scanned = workloads.map(({ plugin }) => ({ name: plugin }));
  return { scanned, milliseconds: Date.now() - began };
}

/** Resolves when the workload's pods are new and ready. */
export async function rolledOut(site: Site, { id, selector }: Workload, signal: AbortSignal): Promise<void> {
  const cluster = openCluster(site.run, { ...site.place, selector, directory: "/" });
  await cluster.rolledOut(id, { timeout: rolloutSeconds, signal });
}

export async function remove(site: Site, name: string, signal: AbortSignal): Promise<Removed> {
  const workloads = (await workloadsOn(site, "removal", signal)).filter(({ plugin }) => plugin === name);
  const manifests = await manifestsOf(site, name, signal);
  if (workloads.length === 0 && manifests === "") {
    const message = `${site.host} runs nothing of "${name}"`;
    throw new HostError({ kind: "missing", step: "removal", message, next: "refresh to see what the host has" });
  }
  const deleted =
    manifests === ""
      ? byWorkloads(site, workloads, signal)
      : inFolder(manifests, (folder) => site.kustomize.delete(folder, signal));
  const changes = await deleted.catch(async (error: unknown) => {
    throw error instanceof HostError ? withHostNow(error, await leftAfter(site, name)) : error;
  });
  const left = (await workloadsOn(site, "removal", signal)).filter(({ plugin }) => plugin === name);
  const notes = [
    left.length === 0 ? undefined : `${left.map(({ id }) => id).join(", ")} is still there`,
    manifests === ""
      ? "config maps, secrets and claims of it stay: the host's row has no overlay that names them"
      : undefined,
    "its images stay in the registry",
  ].filter((note) => note !== undefined);
  return {
    name,
    key: name,
    gone: left.length === 0,
    note: notes.join("; "),
    replicas: changes.map(({ object, change }) => ({ replica: object, ok: true, message: change })),
  };
}

/** The plugin's objects in the host's overlay, namespaces left alone; empty where there is no overlay or none of them in it. */
export async function manifestsOf(site: Site, name: string, signal: AbortSignal): Promise<string> {
  if (site.overlay === undefined) return "";
  const objects = objectsOf(name, objectsIn(await site.kustomize.render(site.overlay, signal)));
  return textOf(objects.filter(({ kind }) => kind !== "Namespace"));
}

/** Without a project: what runs, and the services of the same name. */
async function byWorkloads(site: Site, workloads: readonly Workload[], signal: AbortSignal) {
  const changes: { readonly object: string; readonly change: string }[] = [];
  for (const { id, name } of workloads) {
    const service = name.replace(/-deployment$/, "-service");
    for (const object of [id, `service/${service}`]) {
      const args = ["delete", object, "--ignore-not-found"];
      const { out } = await site.kubectl({ step: "removal", args, signal, timeout: 120_000 });
      if (out.trim() !== "") changes.push({ object, change: "deleted" });
    }
  }
  return changes;
}
