// A SkyPilot API server on this machine behind the words every host shares. This file only says which operation is which.
import type { HostConfig, HostIo, PluginHost, Removed } from "../../host.js";
import { HostError } from "../../hostError.js";
import { ownText } from "../../hostFields.js";
import { describeHealth } from "../describe.js";
import { entriesIn } from "../files/entries.js";
import { groupNamed, groupsOf } from "../groups.js";
import { inventory, type Shown } from "../inventory.js";
import type { Look } from "../look.js";
import { skypilotShipment } from "../shipment.js";
import { pluginsVariable } from "../variables.js";
import { verdictOn } from "../verify.js";
import { stemOf } from "../wheels/wheel.js";
import { installedOn, takeOut, upload } from "./change.js";
import { checkOn } from "./check.js";
import { doctorOf } from "./doctor.js";
import { foresee } from "./foresee.js";
import { logLines } from "./log.js";
import { pipUninstall } from "./pip.js";
import { presentOn } from "./present.js";
import { isRestarted, restart } from "./restart.js";
import { fingerprintOf } from "./sent.js";
import { type LocalServer, localServer } from "./server.js";

export function connectLocal(config: HostConfig, io: HostIo): PluginHost {
  const server = localServer(config, io);
  return {
    config,
    describe: async (signal) => describeHealth(await (await server.api("connection")).health("connection", signal)),
    list: async (signal) => (await look(server, { step: "list", imports: false }, signal)).plugins,
    check: (shipment, signal) => checkOn(server, skypilotShipment(shipment), signal),
    foresee: (intent, signal) => foresee(server, intent, signal),
    fingerprint: async (plugin, signal) => {
      const { groups } = await look(server, { step: "check", imports: false }, signal);
      const name = groupNamed(groups, plugin)?.distribution?.name ?? plugin;
      const installed = await installedOn(server, name, "check", signal);
      return installed === undefined ? undefined : fingerprintOf(server, installed, "check");
    },
    upload: (shipment, signal) => upload(server, skypilotShipment(shipment), signal),
    reload: (signal) => restart(server, signal),
    verify: async (shipment, reloaded, signal) => {
      const now = await look(server, { step: "verification", imports: true }, signal);
      const after = isRestarted(reloaded) ? reloaded.after : (now.shown.plugins ?? []);
      const before = isRestarted(reloaded) ? reloaded.before : undefined;
      const reading = { ...now, before, after, file: server.pluginsFile, variable: pluginsVariable };
      return verdictOn(skypilotShipment(shipment), reading);
    },
    remove: (name, signal) => remove(server, name, signal),
    logs: (_plugin, options, signal) => logLines(server, options, signal),
    doctor: (signal) => doctorOf(server, signal),
  };
}

/** Everything that there is to know, read now. */
async function look(server: LocalServer, { step, imports }: Look, signal: AbortSignal) {
  const present = await presentOn(server, step);
  const entries = entriesIn(present.plugins, step);
  const remote = entriesIn(present.remote, step).map(({ className }) => className);
  const [answer, shown] = await Promise.all([
    server.ask(step, { entries, imports }, signal),
    shownBy(server, step, signal),
  ]);
  const groups = groupsOf(answer);
  return { answer, groups, shown, plugins: inventory(groups, shown, remote) };
}

/** A server that doesn't answer has its files all the same; one that wants a sign-in is asked for it. */
async function shownBy(server: LocalServer, step: string, signal: AbortSignal): Promise<Shown> {
  try {
    return { plugins: await (await server.api(step)).plugins(step, signal) };
  } catch (error) {
    if (!(error instanceof HostError) || error.kind !== "unreachable") throw error;
    return { plugins: undefined, reason: error.message };
  }
}

async function remove(server: LocalServer, name: string, signal: AbortSignal): Promise<Removed> {
  const step = "removal";
  const present = await presentOn(server, step);
  const { groups } = await look(server, { step, imports: false }, signal);
  const group = groupNamed(groups, name);
  const ofPackage = entriesIn(present.remote, step)
    .map(({ className }) => className)
    .filter((one) => tops(group?.classes.map((row) => row.className) ?? [name]).has(one.split(".")[0] ?? ""));
  const classes = [...new Set([...(group?.classes.map((row) => row.className) ?? []), ...ofPackage])];
  if (classes.length === 0) {
    throw new HostError({
      kind: "missing",
      step,
      message: `${server.pluginsFile} and ${server.remoteFile} list no class of "${name}"`,
      next: "refresh the list; someone may have removed it already",
    });
  }
  const stem = group?.distribution === undefined ? undefined : stemOf(group.distribution.name.replace(/[-.]+/g, "_"));
  const replicas = await takeOut(server, classes, stem, step);
  await restart(server, signal);
  const uninstalls = ownText(server.config, "uninstall") === "yes" && group?.distribution !== undefined;
  if (uninstalls) await pipUninstall(server, group.distribution.name, step, signal);
  const kept =
    group?.distribution === undefined || uninstalls
      ? undefined
      : `its package ${group.name} stays installed and is not loaded`;
  const { plugins } = await look(server, { step, imports: false }, signal);
  const gone = !plugins.some((plugin) => plugin.name === group?.name);
  return { name, key: group?.name ?? name, gone, replicas, ...(kept === undefined ? {} : { note: kept }) };
}

function tops(classes: readonly string[]): ReadonlySet<string> {
  return new Set(classes.map((one) => one.split(".")[0] ?? one));
}
