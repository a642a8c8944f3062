// How one host is asked over HTTP: the headers that its row adds, and a `fetch` that knows its authority and shows its client
// certificate. Values of headers may name variables of the environment, so that no secret stands in the settings.
import type { HostConfig, HostIo } from "../hosts/host.js";
import { HostError } from "../hosts/hostError.js";
import { trustingFetch } from "./trustingFetch.js";

export interface HostFetch {
  readonly fetch?: typeof fetch;
  readonly headers: Readonly<Record<string, string>>;
  /** Values that came from the environment, to be kept out of every text. */
  readonly secrets: readonly string[];
}

export function hostFetch(config: HostConfig, io: Pick<HostIo, "fetch" | "env">, step: string): HostFetch {
  const { headers, secrets } = headersOf(config, io.env ?? process.env, step);
  const { ca, cert, certKey } = config;
  const own = ca !== undefined || cert !== undefined;
  // These are honoured on https alone; elsewhere they have nothing to say.
  if (own && config.url?.startsWith("https:") === true) {
    const trust = { ...(ca && { ca }), ...(cert && { cert }), ...(certKey && { key: certKey }) };
    return { headers, secrets, fetch: trustingFetch(trust) };
  }
  return { headers, secrets, ...(io.fetch === undefined ? {} : { fetch: io.fetch }) };
}

const variable = /\$\{env:([A-Za-z_]\w*)\}/g;

function headersOf(config: HostConfig, env: NodeJS.ProcessEnv, step: string) {
  const secrets: string[] = [];
  const headers = Object.entries(config.headers ?? {}).map(([name, text]) => {
    const value = text.replaceAll(variable, (_whole, key: string) => {
      const found = env[key];
      if (found === undefined || found === "") throw unset(config, name, key, step);
      secrets.push(found);
      return found;
    });
    if (!/^[\x20-\x7e]*$/.test(value)) throw odd(config, name, step);
    return [name, value] as const;
  });
  return { headers: Object.fromEntries(headers), secrets };
}

function unset({ name }: HostConfig, header: string, key: string, step: string): HostError {
  return new HostError({
    kind: "unauthorised",
    step,
    message: `the header ${header} of "${name}" takes its value from the variable ${key}, which is not set; nothing was sent`,
    next: `set ${key} where the editor or the terminal is started, or take the header out of the host's settings`,
  });
}

function odd({ name }: HostConfig, header: string, step: string): HostError {
  return new HostError({
    kind: "refused",
    step,
    message: `the header ${header} of "${name}" holds line breaks or letters that no header has; nothing was sent`,
    next: "correct it in the host's settings, or the variable that it names",
  });
}
