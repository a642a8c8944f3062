// The Metaflow UI adapter: the service's list, its folder of plugins, its PLUGINS value and its restart behind the words that every
// host shares. What a row doesn't name can't be done: those methods are absent.
import type { HostConfig, HostIo, LogOptions, PluginHost } from "../host.js";
import { ownText, ownWords } from "../hostFields.js";
import { reload, remove, upload } from "./change.js";
import { check } from "./check.js";
import { doctor } from "./doctor.js";
import { foresee } from "./foresee.js";
import { logLines } from "./logs.js";
import { metaflowShipment } from "./shipment.js";
import { noService, type Site, saysNothing, siteOf } from "./site.js";
import { stateOf, summaries } from "./state.js";
import { verify } from "./verify.js";

export function connectMetaflow(config: HostConfig, io: HostIo): PluginHost {
  const site = (step: string, signal: AbortSignal) => siteOf(config, io, step, signal);
  const mayBeLocalHost = saysNothing(config);
  const hasPlugins = config.directory !== undefined || config.kubernetes?.directory !== undefined;
  const canChange = mayBeLocalHost || hasPlugins || ownText(config, "pluginsFile") !== undefined;
  const canRestart = mayBeLocalHost || config.kubernetes !== undefined || ownWords(config, "restart") !== undefined;
  return {
    config,
    list: async (signal) => summaries(await stateOf(await site("list", signal), "list", signal), signal),
    check: async (shipment, signal) => check(await site("check", signal), metaflowShipment(shipment), signal),
    verify: async (shipment, reloaded, signal) =>
      verify(await site("verification", signal), metaflowShipment(shipment), reloaded !== undefined, signal),
    foresee: async (intent, signal) => foresee(await site("plan", signal), intent, signal),
    doctor: async (signal) => doctor(await site("doctor", signal), signal),
    address: () => config.url,
    ...(config.url === undefined
      ? {}
      : {
          describe: async (signal) => {
            const { service, ...rest } = await site("connection", signal);
            if (service === undefined) throw noService(rest, "connection");
            const { version } = await service.list("connection", signal);
            const title = version === undefined ? "Metaflow UI" : `Metaflow UI service ${version}`;
            return { title, canEnable: false, ...(version === undefined ? {} : { version }) };
          },
        }),
    ...(canChange
      ? {
          upload: async (shipment, signal) => upload(await site("upload", signal), metaflowShipment(shipment), signal),
          remove: async (name, signal) => remove(await site("removal", signal), name, signal),
        }
      : {}),
    ...(config.kubernetes === undefined ? {} : { logs: (plugin, options, signal) => logs(plugin, options, signal) }),
    ...(canRestart ? { reload: async (signal) => reload(await site("reload", signal), signal) } : {}),
    ...(hasPlugins || mayBeLocalHost
      ? {
          fingerprint: async (plugin, signal) => fingerprint(plugin, signal),
        }
      : {}),
  };

  async function* logs(plugin: string | undefined, options: LogOptions, signal: AbortSignal) {
    const { cluster, ...rest } = await site("logs", signal);
    if (cluster === undefined) return;
    const identifier = plugin === undefined ? undefined : await identifierOf(rest, plugin, signal);
    yield* logLines(cluster, identifier, options, signal);
  }

  async function fingerprint(plugin: string, signal: AbortSignal) {
    const state = await stateOf(await site("list", signal), "list", signal);
    const found = (await summaries(state, signal)).find((one) => one.name === plugin);
    const { place } = state.site;
    if (found?.removeKey === undefined || place === undefined) return undefined;
    const contents = await place.contents(found.removeKey, signal);
    const folder = state.folders?.find((one) => one.identifier === found.removeKey);
    if (contents === undefined) return undefined;
    return {
      contents,
      ...(found.version === undefined ? {} : { version: found.version }),
      ...(folder?.modified === undefined ? {} : { changedAt: folder.modified.getTime() }),
    };
  }
}

/** The entry's key of a plugin; its name where the host can't be asked. */
async function identifierOf(site: Site, plugin: string, signal: AbortSignal): Promise<string> {
  const { answered } = await stateOf(site, "logs", signal).catch(() => ({ answered: undefined }));
  return answered?.listed.find(({ name }) => name === plugin)?.identifier ?? plugin;
}
