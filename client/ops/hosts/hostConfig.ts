// The checked edge between settings and hosts: rows of `plugsmith.hosts` in, sound rows and sentences about the unsound ones out.
// A row with a mistake is left out; it never takes the others with it.
import { definedOf, isRecord } from "../values.js";
import { readConnection } from "./connectionFields.js";
import type { HostConfig, HostLevel, KubernetesTarget, SystemId } from "./host.js";
import { pathIn, readFields } from "./hostFields.js";
import { adapters } from "./index.js";
import { isLoopback } from "./loopback.js";

export interface HostConfigProblem {
  /** Index of the row in the list; -1 when the list itself is wrong. */
  readonly row: number;
  readonly name?: string;
  readonly message: string;
}

export interface HostConfigs {
  readonly hosts: readonly HostConfig[];
  readonly problems: readonly HostConfigProblem[];
}

const levels: readonly HostLevel[] = ["local", "shared", "production"];
const secretKeys = /^(token|apikey|api_key|key|password|secret|authorization|bearer)$/i;

/** `base`: the folder that relative paths in rows are relative to. */
export function parseHostConfigs(value: unknown, base?: string): HostConfigs {
  if (value === undefined || value === null) return { hosts: [], problems: [] };
  if (!Array.isArray(value)) {
    return {
      hosts: [],
      problems: [{ row: -1, message: "the list of hosts is not a list; write one object per host" }],
    };
  }
  const hosts: HostConfig[] = [];
  const problems: HostConfigProblem[] = [];
  for (const [row, item] of value.entries()) {
    const name = isRecord(item) && typeof item.name === "string" ? item.name.trim() : "";
    const tell = (message: string) =>
      problems.push({ row, ...(name === "" ? {} : { name }), message: `${title(row, name)} ${message}` });
    const host = parseRow(item, name, base, tell);
    if (host === undefined) continue;
    if (hosts.some((other) => other.name === host.name))
      tell("has the name of an earlier row; give each host its own name");
    else hosts.push(host);
  }
  return { hosts, problems };
}

function parseRow(
  row: unknown,
  name: string,
  base: string | undefined,
  tell: (message: string) => void,
): HostConfig | undefined {
  if (!isRecord(row)) return void tell("is not an object; write { name, system, url }");
  const before: string[] = [];
  const wrong = (message: string) => before.push(message);
  for (const key of Object.keys(row)) {
    if (secretKeys.test(key))
      wrong(`holds "${key}"; remove it and sign in instead, settings are no place for a credential`);
  }
  if (name === "") wrong('has no "name"; give it one, it is how commands and the terminal call this host');
  const systemIds = adapters.map(({ system }) => system);
  const system = systemIds.find((id) => id === row.system);
  if (system === undefined) wrong(`has no known "system"; write one of ${systemIds.map((id) => `"${id}"`).join(", ")}`);
  const url = row.url === undefined ? undefined : parseUrl(row.url, wrong);
  const written = parseText(row, "directory", wrong);
  const directory = written === undefined ? undefined : pathIn(written, base);
  const connection = readConnection(row, base, wrong);
  const kubernetes = parseKubernetes(row.kubernetes, wrong);
  const level = parseLevel(row.level, url, wrong);
  const fields = adapters.find((one) => one.system === system)?.fields ?? [];
  const own = readFields(fields, row, base, wrong);
  const places = fields.filter(({ isPlace, key }) => isPlace === true && row[key] !== undefined);
  const reachable = row.url !== undefined || kubernetes !== undefined || directory !== undefined || places.length > 0;
  if (system !== undefined && !reachable) wrong(whereTo(system));
  for (const message of before) tell(message);
  if (before.length > 0 || system === undefined || level === undefined) return undefined;
  return {
    name,
    system,
    level,
    ...definedOf({ url, kubernetes, directory }),
    ...connection,
    ...(Object.keys(own).length === 0 ? {} : { own }),
  };
}

/** Scheme, host and path without a final slash. The management API's own path is dropped: it is discovered. */
function parseUrl(value: unknown, wrong: (message: string) => void): string | undefined {
  const parsed = typeof value === "string" ? URL.parse(value.trim()) : null;
  if (parsed === null)
    return void wrong('has a "url" that is not an address; write for example "https://buntime.example.org"');
  if (parsed.protocol !== "http:" && parsed.protocol !== "https:") {
    return void wrong(`has a "url" that starts with "${parsed.protocol}"; only http and https hosts can be reached`);
  }
  if (parsed.username !== "" || parsed.password !== "") {
    return void wrong('has a user or password inside its "url"; remove it and sign in instead');
  }
  const path = parsed.pathname.replace(/\/+$/, "").replace(/(\/_)?\/api$|\/_$/, "");
  return `${parsed.origin}${path}`;
}

function parseLevel(value: unknown, url: string | undefined, wrong: (message: string) => void): HostLevel | undefined {
  if (value === undefined) return url === undefined || !isLoopback(url) ? "shared" : "local";
  const level = levels.find((known) => known === value);
  if (level === undefined) wrong('has an unknown "level"; write "local", "shared" or "production"');
  return level;
}

function parseText(
  row: Readonly<Record<string, unknown>>,
  key: string,
  wrong: (message: string) => void,
): string | undefined {
  const value = row[key];
  if (value === undefined) return undefined;
  if (typeof value === "string" && value.trim() !== "") return value.trim();
  return void wrong(`has a "${key}" that is not a text; write a path or leave it out`);
}

function parseKubernetes(value: unknown, wrong: (message: string) => void): KubernetesTarget | undefined {
  if (value === undefined) return undefined;
  if (!isRecord(value))
    return void wrong('has a "kubernetes" that is not an object; write { context, namespace, selector }');
  return definedOf({
    context: parseText(value, "context", wrong),
    namespace: parseText(value, "namespace", wrong),
    selector: parseText(value, "selector", wrong),
    container: parseText(value, "container", wrong),
    directory: parseText(value, "directory", wrong),
  });
}

function whereTo(system: SystemId): string {
  const own = adapters.find((one) => one.system === system)?.fields?.filter(({ isPlace }) => isPlace === true) ?? [];
  const keys = ["url", "kubernetes", "directory", ...own.map(({ key }) => key)].map((key) => `"${key}"`);
  return `does not say where it is; add ${keys.slice(0, -1).join(", ")} or ${keys.at(-1)}`;
}

function title(row: number, name: string): string {
  return name === "" ? `host ${row + 1}` : `host "${name}"`;
}
