// Asks whether the service at an address of this machine is Plugsmith's local host, which says where it keeps plugins and can be
// told to read them anew. A genuine service answers these paths with its page.

import { parsedJson } from "../../parsedJson.js";
import { hostFetch } from "../../transports/hostFetch.js";
import { httpTo } from "../../transports/http.js";
import { isRecord } from "../../values.js";
import type { HostConfig, HostIo } from "../host.js";
import { isLoopback } from "../loopback.js";
import { tokenOf } from "../token.js";

export interface LocalHostPlaces {
  readonly installed: string;
  readonly pluginsFile: string;
  restart(signal: AbortSignal): Promise<void>;
}

export async function localHostAt(
  config: HostConfig,
  io: HostIo,
  step: string,
  signal: AbortSignal,
): Promise<LocalHostPlaces | undefined> {
  const base = URL.parse(config.url ?? "");
  if (base === null || !isLoopback(base.href)) return undefined;
  const token = await tokenOf(io, config, step);
  const http = httpTo({
    ...hostFetch(config, io, step),
    origin: base.origin,
    host: `"${config.name}"`,
    headers: { Accept: "application/json", "X-Plugsmith": "1", ...(token && { Authorization: `Bearer ${token}` }) },
    ...(token === undefined ? {} : { secret: token }),
  });
  const at = `${base.origin}/.plugsmith/metaflow`;
  const answer = await http({ step, method: "GET", url: at, timeout: 5000, signal });
  const told = answer.status === 200 ? parsedJson(answer.text) : undefined;
  if (!isRecord(told) || typeof told.installed !== "string" || typeof told.pluginsFile !== "string") return undefined;
  return {
    installed: told.installed,
    pluginsFile: told.pluginsFile,
    restart: async (stop) => {
      await http({ step: "reload", method: "POST", url: `${at}/restart`, timeout: 15_000, signal: stop });
    },
  };
}
