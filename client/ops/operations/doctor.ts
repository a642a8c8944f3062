// "doctor": everything that a person would check by hand of a host before asking for help, one line each, whatever the system:
// address, certificate, sign-in, version, clock, directory, programs; and what its adapter knows to check besides.
import { systemTitle } from "../../../server/service/index.js";
import { addressChecks } from "../doctor/address.js";
import { certificateCheck } from "../doctor/certificate.js";
import { directoryChecks } from "../doctor/directory.js";
import { toolChecks } from "../doctor/tools.js";
import type { Check, HostIo, PluginHost } from "../hosts/host.js";
import { HostError } from "../hosts/hostError.js";
import { actionsOf, adapters } from "../hosts/index.js";
import { maskAll } from "../hosts/secrets.js";
import { hostFetch } from "../transports/hostFetch.js";

export interface DoctorOptions {
  readonly host: PluginHost;
  readonly io: HostIo;
  readonly signal: AbortSignal;
  readonly now?: () => Date;
}

/** Never rejects but when it is cancelled: what fails is a finding. No text holds a credential. */
export async function examine({ host, io, signal, now = () => new Date() }: DoctorOptions): Promise<readonly Check[]> {
  const { config } = host;
  const token = await io.token?.();
  const isMade = adapters.find(({ system }) => system === config.system)?.makesDirectory === true;
  const looked = await Promise.all([
    config.url === undefined ? [] : checked("address", () => addressChecks(config, io, now, signal)),
    config.url?.startsWith("https:") === true
      ? checked("certificate", () => certificateCheck(config, now, signal))
      : [],
    checked("sign-in", () => signIn(host, token !== undefined && token !== "", signal)),
    checked("directory", () => directoryChecks(config, { isMade })),
    checked("programs", () => toolChecks(config, io, signal)),
    host.doctor === undefined ? [] : checked("host", async () => (await host.doctor?.(signal)) ?? []),
  ]);
  signal.throwIfAborted();
  const secrets = [...(token === undefined ? [] : [token]), ...headerSecrets(host, io)];
  const clean = (text: string) => maskAll(text, secrets);
  return looked.flat().map(({ name, state, detail, next }) => ({
    name,
    state,
    detail: clean(detail),
    ...(next === undefined ? {} : { next: clean(next) }),
  }));
}

/** The findings as a text to read, and to pass on. */
export function doctorText({ config }: PluginHost, checks: readonly Check[]): string {
  const head = [
    `${config.name}: ${systemTitle(config.system)}, ${config.level}`,
    ...(config.url === undefined ? [] : [config.url]),
  ].join("\n");
  const width = Math.max(...checks.map(({ name }) => name.length), 0);
  const lines = checks.flatMap(({ name, state, detail, next }) => [
    `${words[state]}  ${name.padEnd(width)}  ${detail}`,
    ...(next === undefined ? [] : [`${" ".repeat(words[state].length + width + 4)}→ ${next}`]),
  ]);
  return `${[head, "", ...lines, "", sumOf(checks)].join("\n")}\n`;
}

const words: Readonly<Record<Check["state"], string>> = {
  good: "ok     ",
  attention: "LOOK   ",
  bad: "BAD    ",
  unknown: "unknown",
};

function sumOf(checks: readonly Check[]): string {
  const count = (state: Check["state"]) => checks.filter((check) => check.state === state).length;
  const [bad, attention] = [count("bad"), count("attention")];
  if (bad + attention === 0) return "nothing stands against working with this host";
  return `${bad} bad, ${attention} to look at, ${count("good")} in order`;
}

async function checked(name: string, look: () => Promise<readonly Check[]>): Promise<readonly Check[]> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    return [{ name, state: "bad", detail: error.message, next: error.next }];
  }
}

async function signIn(host: PluginHost, hasToken: boolean, signal: AbortSignal): Promise<readonly Check[]> {
  const offered = actionsOf(host).flatMap((action) => doable.get(action) ?? []);
  const can: Check =
    offered.length === 0
      ? {
          name: "can",
          state: "attention",
          detail: "nothing from here",
          next: "say in the host's settings where its plugins lie",
        }
      : { name: "can", state: "good", detail: offered.join(", ") };
  const name = "sign-in";
  const key = hasToken ? "a key is known" : "no key is known";
  if (host.describe === undefined) return [can];
  try {
    const { title, principal } = await host.describe(signal);
    const who =
      principal === undefined ? "" : `, accepted as ${[principal.name, principal.role].filter(Boolean).join(", ")}`;
    return [{ name: "version", state: "good", detail: title }, { name, state: "good", detail: `${key}${who}` }, can];
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    if (error.kind !== "unauthorised" && error.kind !== "forbidden") {
      return [
        { name: "version", state: "bad", detail: error.message, next: error.next },
        { name, state: "unknown", detail: key },
        can,
      ];
    }
    return [{ name, state: "bad", detail: `${key}; ${error.message}`, next: error.next }, can];
  }
}

/** What a person would ask of a host, in the terminal's words. */
const doable: ReadonlyMap<string, string> = new Map([
  ["list", "list"],
  ["upload", "upload"],
  ["reload", "reload"],
  ["remove", "remove"],
  ["setEnabled", "enable and disable"],
  ["logs", "logs"],
]);

function headerSecrets({ config }: PluginHost, io: HostIo): readonly string[] {
  try {
    return hostFetch(config, io, "doctor").secrets;
  } catch {
    return []; // a variable that is not set has no value to hide
  }
}
