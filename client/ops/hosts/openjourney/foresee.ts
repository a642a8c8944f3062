// What an act will change, worked out without changing anything: the image, each object as kubectl compares it, the rollouts.
import { type ObjectDiff, objectDiffs } from "../../transports/kubernetes/objectDiffs.js";
import type { Change, Finding, Intent } from "../host.js";
import { inFolder, withKustomization, workloadsOf } from "./applied.js";
import { manifestsOf } from "./change.js";
import { workloadsOn } from "./live.js";
import { objectsIn } from "./manifests.js";
import { type OpenjourneyShipment, openjourneyShipment, referenceOf } from "./shipment.js";
import type { Site } from "./site.js";

export async function foresee(site: Site, intent: Intent, signal: AbortSignal): Promise<readonly Change[]> {
  if (intent.operation === "reload") {
    const workloads = await workloadsOn(site, "plan", signal);
    return workloads.map(({ id }) => ({ action: "restart", what: `kubectl rollout restart ${id}`, where: site.host }));
  }
  if (!("shipment" in intent)) return intent.operation === "remove" ? removal(site, intent.plugin, signal) : [];
  const shipment = openjourneyShipment(intent.shipment);
  const { image } = shipment;
  const pushed: Change =
    image.digest === undefined
      ? {
          action: "run",
          what: `docker push ${site.registry}/${shipment.name}:${image.tag}`,
          where: site.registry,
          detail: "and the tag latest",
        }
      : { action: "keep", what: `image ${referenceOf(image)}`, where: site.registry, detail: "it was pushed before" };
  if (shipment.manifests.trim() === "") return [pushed];
  const diff = await withKustomization(shipment, (folder) => site.kustomize.diff(folder, signal));
  const changed = objectDiffs(diff);
  const same: Change = { action: "keep", what: "every object", where: site.host, detail: "as it is in the cluster" };
  const rollouts = workloadsOf(shipment).map(
    ({ kind, name }): Change => ({
      action: "restart",
      what: `${kind.toLowerCase()}/${name}`,
      where: site.host,
      detail: "its rollout is watched",
    }),
  );
  return [
    pushed,
    ...(changed.length === 0 ? [same] : changed.map((one) => changeOf(one, site))),
    ...(changed.length === 0 ? [] : rollouts),
  ];
}

async function removal(site: Site, name: string, signal: AbortSignal): Promise<readonly Change[]> {
  const manifests = await manifestsOf(site, name, signal);
  if (manifests !== "")
    return objectsIn(manifests).map(({ kind, name: object }) => ({
      action: "remove",
      what: `${kind} ${object}`,
      where: site.host,
    }));
  const workloads = (await workloadsOn(site, "plan", signal)).filter(({ plugin }) => plugin === name);
  return workloads.map(({ id }) => ({
    action: "remove",
    what: id,
    where: site.host,
    detail: "and the service of its name",
  }));
}

function changeOf({ object, before, after }: ObjectDiff, { host }: Site): Change {
  const isSecret = /(^|\.)Secret\./.test(object);
  return {
    action: before.trim() === "" ? "add" : "replace",
    what: object,
    where: host,
    ...(isSecret ? { detail: "its values are not shown" } : { diff: { file: object, before, after } }),
  };
}

/** What kubectl itself has against the objects, and what an overlay left out. */
export async function check(
  site: Site,
  shipment: OpenjourneyShipment,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  if (shipment.manifests.trim() === "") {
    const hint = site.overlay === undefined ? "" : `; does an overlay list plugins/${shipment.name}/kubernetes?`;
    const message = `there is no object of "${shipment.name}" to apply: only its image is pushed${hint}`;
    return [{ severity: "warning", code: "openjourney/nothing-applied", message }];
  }
  const live = await workloadsOn(site, "check", signal);
  const wanted = workloadsOf(shipment);
  const left = live.filter(({ plugin, name }) => plugin === shipment.name && !wanted.some((one) => one.name === name));
  for (const { id } of left) {
    const message = `${id} runs this plugin too and is not among its objects any more; it stays, remove it by hand if it should go`;
    findings.push({ severity: "warning", code: "openjourney/left-over", message });
  }
  await inFolder(shipment.manifests, (folder) => site.kustomize.render(folder, signal));
  return findings;
}
