// The little that a SkyPilot API server tells over HTTP: that it lives, which version it is, and a list of plugins that has no class
// paths. A wall of sign-in is told apart from an empty list.
import { parsedJson } from "../../parsedJson.js";
import { hostFetch } from "../../transports/hostFetch.js";
import { type HttpAnswer, httpTo } from "../../transports/http.js";
import { tryAgain } from "../../transports/retryAfter.js";
import { definedOf, isRecord } from "../../values.js";
import type { HostConfig, HostIo } from "../host.js";
import { HostError } from "../hostError.js";
import { tokenOf } from "../token.js";

export interface Health {
  readonly version?: string;
  /** What is installed, which the running server takes up at its next start. */
  readonly versionOnDisk?: string;
  readonly user?: string;
}

export interface ShownPlugin {
  readonly name?: string;
  readonly version?: string;
  readonly script?: string;
}

export interface Api {
  readonly url: string;
  health(step: string, signal: AbortSignal): Promise<Health>;
  /** Those that the answering process has and does not hide, in the order of loading. */
  plugins(step: string, signal: AbortSignal): Promise<readonly ShownPlugin[]>;
}

const localUrl = "http://127.0.0.1:46580";

export async function openApi(config: HostConfig, io: HostIo, step: string): Promise<Api> {
  const url = (config.url ?? localUrl).replace(/\/+$/, "");
  const token = await tokenOf(io, config, step);
  const own = hostFetch(config, io, step);
  const credentials = token === undefined ? {} : { Authorization: `Bearer ${token}` };
  const http = httpTo({
    ...own,
    origin: new URL(url).origin,
    host: `"${config.name}"`,
    headers: { ...own.headers, Accept: "application/json", ...credentials },
    ...(token === undefined ? {} : { secret: token }),
  });
  const timeout = io.timeouts?.answer ?? 15_000;
  const get = async (path: string, asked: string, signal: AbortSignal) => {
    try {
      return await http({ step: asked, method: "GET", url: `${url}${path}`, timeout, signal });
    } catch (error) {
      throw error instanceof HostError && isSignInPage(error) ? signInPage(config, error, token !== undefined) : error;
    }
  };
  return {
    url,
    health: async (asked, signal) => healthIn(await get("/api/health", asked, signal), config, token, asked),
    plugins: async (asked, signal) => pluginsIn(await get("/api/plugins", asked, signal), config, token, asked),
  };
}

function healthIn(answer: HttpAnswer, config: HostConfig, token: string | undefined, step: string): Health {
  const value = jsonOf(answer, config, token, step);
  if (typeof value.status !== "string") throw notSkypilot(config, step);
  const text = (key: string) => (typeof value[key] === "string" ? value[key] : undefined);
  const { user } = value;
  const name = isRecord(user) ? user.name : user;
  return definedOf({
    version: text("version"),
    versionOnDisk: text("version_on_disk"),
    user: typeof name === "string" ? name : undefined,
  });
}

function pluginsIn(answer: HttpAnswer, config: HostConfig, token: string | undefined, step: string) {
  const value = jsonOf(answer, config, token, step);
  if (!Array.isArray(value.plugins)) throw notSkypilot(config, step);
  return value.plugins.filter(isRecord).map((row): ShownPlugin => {
    const text = (key: string) => (typeof row[key] === "string" && row[key] !== "" ? row[key] : undefined);
    return definedOf({ name: text("name"), version: text("version"), script: text("js_extension_path") });
  });
}

function jsonOf(
  { status, text, type, headers }: HttpAnswer,
  config: HostConfig,
  token: string | undefined,
  step: string,
): Readonly<Record<string, unknown>> {
  const { name } = config;
  const details = { step, status };
  if (status === 401 || status === 403) {
    const kind = status === 401 ? "unauthorised" : "forbidden";
    const message =
      token === undefined
        ? `"${name}" wants a service account token`
        : `"${name}" does not accept the service account token`;
    throw new HostError({
      ...details,
      kind,
      message,
      next: "sign in with a token of the server (it begins with sky_)",
    });
  }
  if (status === 404) {
    const message = `"${name}" does not know ${step === "connection" ? "/api/health" : "/api/plugins"}`;
    const next = "check the host's url; if it is right, the server is older than plugins";
    throw new HostError({ ...details, kind: "missing", message, next });
  }
  if (status === 429) {
    throw new HostError({
      ...details,
      kind: "refused",
      message: `"${name}" takes no more requests at the moment`,
      next: tryAgain(headers),
    });
  }
  if (status >= 500) {
    const message = `"${name}" can't answer at the moment (status ${status})`;
    const next = "it may be starting, or stopped by a plugin that breaks its start; look in its log";
    throw new HostError({ ...details, kind: "unreachable", message, next });
  }
  const value = parsedJson(text);
  if (status === 200 && isRecord(value)) return value;
  if (type === "text/html" || /^\s*</.test(text)) throw signInPage(config, undefined, token !== undefined, details);
  throw notSkypilot(config, step);
}

function isSignInPage({ status }: HostError): boolean {
  return status !== undefined && status >= 300 && status < 400;
}

function signInPage(
  { name }: HostConfig,
  error: HostError | undefined,
  hasToken: boolean,
  details: { readonly step: string; readonly status?: number } = { step: error?.step ?? "connection" },
): HostError {
  const where = /redirects to (\S+)/.exec(error?.message ?? "")?.[1];
  const page = where === undefined ? "a web page" : `a sign-in page (${where})`;
  return new HostError({
    ...details,
    ...definedOf({ status: error?.status }),
    kind: "unauthorised",
    message: `"${name}" answers with ${page} instead of its API${hasToken ? ", in spite of the token" : ""}`,
    next: "sign in with a service account token (it begins with sky_), or use an address that reaches the API without the proxy",
    ...(error === undefined ? {} : { cause: error }),
  });
}

function notSkypilot({ name }: HostConfig, step: string): HostError {
  return new HostError({
    kind: "refused",
    step,
    message: `"${name}" answers, but not as a SkyPilot API server does`,
    next: "check the host's url; it is the address of the API server, without /dashboard",
  });
}
