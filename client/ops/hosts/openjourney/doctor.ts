// What a person would check by hand of an OpenJourney host: docker and its engine, kubectl, the cluster and the rights there, the
// overlay.

import { openCluster } from "../../transports/kubernetes/index.js";
import { checked } from "../checked.js";
import type { Check } from "../host.js";
import { engine } from "./docker.js";
import { workloadsOn } from "./live.js";
import type { Site } from "./site.js";

export async function doctor(site: Site, signal: AbortSignal): Promise<readonly Check[]> {
  return [
    await docker(site, signal),
    await cluster(site, signal),
    await plugins(site, signal),
    await overlay(site, signal),
  ];
}

function docker({ run, registry }: Site, signal: AbortSignal): Promise<Check> {
  const name = "docker";
  return checked(name, async () => ({
    name,
    state: "good",
    detail: `${await engine(run, signal)}; images go to ${registry}`,
  }));
}

function cluster({ run, place }: Site, signal: AbortSignal): Promise<Check> {
  const name = "kubectl and rights";
  return checked(name, async () => {
    const { doctor: ask } = openCluster(run, { ...place, selector: "", directory: "/" });
    const { client, server } = await ask.versions(signal);
    const wanted = ["list", "create", "patch", "delete"].map((verb) => ({ verb, resource: "deployments.apps" }));
    const missing = (await ask.missing([...wanted, { verb: "patch", resource: "services" }], signal)).map(
      ({ verb, resource }) => `${verb} ${resource}`,
    );
    const detail = `kubectl ${client}, cluster ${server}`;
    if (missing.length === 0) return { name, state: "good", detail };
    const next = "ask the cluster's operator for a role with them";
    return { name, state: "bad", detail: `${detail}; you may not ${missing.join(", ")}`, next };
  });
}

function plugins(site: Site, signal: AbortSignal): Promise<Check> {
  const name = "plugins";
  return checked(name, async () => {
    const found = await workloadsOn(site, "doctor", signal);
    const names = [...new Set(found.map(({ plugin }) => plugin))];
    return { name, state: "good", detail: names.length === 0 ? "none runs there" : `${names.join(", ")} run there` };
  });
}

function overlay({ overlay: folder, kustomize }: Site, signal: AbortSignal): Promise<Check> {
  const name = "overlay";
  if (folder === undefined)
    return Promise.resolve({ name, state: "good", detail: "none: each plugin's own kustomization is applied" });
  return checked(name, async () => {
    const text = await kustomize.render(folder, signal);
    return { name, state: "good", detail: `${folder} renders to ${text.split(/^---/m).length} objects` };
  });
}
