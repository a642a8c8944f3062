// What a person would check by hand of a Metaflow UI host: does the list answer, where do plugins and their configuration lie, can
// they be changed, is there a way to restart.
import { access, constants } from "node:fs/promises";
import { copyRights, logRights } from "../../transports/kubernetes/doctor.js";
import { checked } from "../checked.js";
import type { Check } from "../host.js";
import { podsCheck, rightsCheck } from "../podChecks.js";
import { readPlugins } from "./pluginsFile.js";
import type { Site } from "./site.js";

export async function doctor(site: Site, signal: AbortSignal): Promise<readonly Check[]> {
  const looked = [await list(site, signal), await folders(site, signal), await value(site), await restart(site)];
  return site.cluster === undefined
    ? looked
    : [...looked, await podsCheck(site.cluster, signal), await rightsCheck(site.cluster, wanted, signal)];
}

const wanted = [...copyRights, ...logRights, { verb: "patch", resource: "deployments.apps" }];

async function list({ service }: Site, signal: AbortSignal): Promise<Check> {
  const name = "list of plugins";
  if (service === undefined)
    return { name, state: "unknown", detail: "the host has no url", next: "add the address of its Metaflow UI" };
  return checked(name, async () => {
    const { listed, route, version, broken } = await service.list("doctor", signal);
    if (broken !== undefined) return { name, state: "bad", detail: broken, next: "correct that manifest and restart" };
    const who = version === undefined ? "a service" : `the service ${version}`;
    const detail = `${who} answers ${route} with ${listed.length === 1 ? "1 plugin" : `${listed.length} plugins`}`;
    return { name, state: "good", detail };
  });
}

async function folders({ place }: Site, signal: AbortSignal): Promise<Check> {
  const name = "folder of plugins";
  if (place === undefined) {
    const next = 'add "directory" (its plugins/installed folder) or "kubernetes" with a directory';
    return { name, state: "attention", detail: "the row doesn't say where local plugins lie", next };
  }
  return checked(name, async () => {
    if ((await place.isToBeMade?.()) === true)
      return {
        name,
        state: "attention",
        detail: `${place.where} is not there yet`,
        next: "deploy a plugin, which makes it",
      };
    const found = await place.folders(signal);
    return {
      name,
      state: "good",
      detail: `${place.where} holds ${found.length === 1 ? "1 folder" : `${found.length} folders`}`,
    };
  });
}

async function value({ pluginsFile }: Site): Promise<Check> {
  const name = "PLUGINS value";
  if (pluginsFile === undefined) {
    const next = 'add "pluginsFile", or change entries by hand (Copy PLUGINS Value)';
    return { name, state: "attention", detail: "the row names no file that holds it", next };
  }
  return checked(name, async () => {
    const { entries, shown } = await readPlugins(pluginsFile, "doctor");
    if (shown === undefined)
      return { name, state: "attention", detail: `${pluginsFile} holds no value yet`, next: "add the first entry" };
    const isWritable = await access(pluginsFile, constants.W_OK).then(
      () => true,
      () => false,
    );
    const detail = `${pluginsFile} has ${entries.size === 1 ? "1 entry" : `${entries.size} entries`}`;
    if (isWritable) return { name, state: "good", detail };
    return {
      name,
      state: "bad",
      detail: `${detail} and may not be written by you`,
      next: "take the right to write it",
    };
  });
}

/** Compose starts a container again with the surroundings that it had. */
async function restart({ restart: way, pluginsFile }: Site): Promise<Check> {
  const name = "restart";
  if (way === undefined) {
    const next = 'add "restart" (a program with its arguments), or "kubernetes"';
    return { name, state: "attention", detail: "the row names no way to restart the service", next };
  }
  const keepsOld =
    /\b(docker[ -]compose|compose)\b.* restart\b/.test(way.what) &&
    pluginsFile !== undefined &&
    !pluginsFile.endsWith(".json");
  if (!keepsOld)
    return checked(name, async () => {
      await way.find?.();
      return { name, state: "good", detail: way.what };
    });
  const detail = `"${way.what}" starts the container with the PLUGINS value that it had`;
  return {
    name,
    state: "attention",
    detail,
    next: 'use "docker compose up -d" with the service\'s name instead of restart',
  };
}
