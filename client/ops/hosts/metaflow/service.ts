// One conversation with a Metaflow UI service (2.5.1): its list of plugins, wherever a prefix or a proxy put it, and what an
// answer that is none of its own means. It only ever reads: the service has no other requests.
import { hostFetch } from "../../transports/hostFetch.js";
import { type Http, httpTo } from "../../transports/http.js";
import type { HostConfig, HostIo } from "../host.js";
import type { HostError } from "../hostError.js";
import { tokenOf } from "../token.js";
import { type Listed, readListing } from "./listing.js";
import { isPage, refusalOf } from "./refusal.js";

export interface Answered {
  /** Path of the list below the host's url: `/plugin` or `/api/plugin`. */
  readonly route: string;
  readonly version?: string;
  readonly listed: readonly Listed[];
  /** One sentence when the answer breaks the page although it could be read here. */
  readonly broken?: string;
}

export interface Service {
  /** The host's name in quotes, as messages call it. */
  readonly host: string;
  list(step: string, signal: AbortSignal): Promise<Answered>;
  /** The status of a page below the host's url. */
  statusOf(step: string, path: string, signal: AbortSignal): Promise<number>;
}

const answerTime = 15_000;
const routes = ["/plugin", "/api/plugin"] as const;

/** Undefined for a host whose row has no address. */
export function serviceOf(config: HostConfig, io: HostIo): Service | undefined {
  const { url } = config;
  const base = URL.parse(url ?? "");
  if (url === undefined || base === null) return undefined;
  const host = `"${config.name}"`;
  const root = url.replace(/\/+$/, "");
  const timeout = io.timeouts?.answer ?? answerTime;
  const opened = async (step: string): Promise<Http> => {
    const token = await tokenOf(io, config, step);
    const own = hostFetch(config, io, step);
    const credentials = token === undefined ? {} : { Authorization: `Bearer ${token}` };
    return httpTo({
      ...own,
      origin: base.origin,
      host,
      headers: { ...own.headers, Accept: "application/json", ...credentials },
      ...(token === undefined ? {} : { secret: token }),
    });
  };
  return {
    host,
    list: async (step, signal) => ask({ http: await opened(step), root, host, step, timeout, signal }),
    statusOf: async (step, path, signal) => {
      const http = await opened(step);
      return (await http({ step, method: "GET", url: `${root}${path}`, timeout, signal })).status;
    },
  };
}

interface Asking {
  readonly http: Http;
  readonly root: string;
  readonly host: string;
  readonly step: string;
  readonly timeout: number;
  readonly signal: AbortSignal;
}

/** The bare route first: behind a proxy that knows only `/api`, it answers with the page or not at all. */
async function ask(asking: Asking): Promise<Answered> {
  const { http, root, host, step, timeout, signal } = asking;
  const refusals: HostError[] = [];
  for (const route of routes) {
    const answer = await http({ step, method: "GET", url: `${root}${route}`, timeout, signal });
    const reading = answer.status === 200 && !isPage(answer) ? readListing(answer.text) : undefined;
    if (reading !== undefined) {
      const version = answer.headers.get("METADATA_SERVICE_VERSION");
      return { route, ...reading, ...(version === null ? {} : { version }) };
    }
    refusals.push(refusalOf(answer, `${root}${route}`, host, step));
    if (answer.status === 401 || answer.status === 403) break;
  }
  // Where one route is simply not there, what the other said tells more.
  const telling = refusals.find(({ status }) => status !== 404 && status !== 500) ?? refusals[0];
  throw telling ?? refusalOf({ status: 404, text: "", type: "" }, root, host, step);
}
