// The service's log, as far as a cluster gives it: the only place where it says why a plugin was passed over. One of its lines
// repeats the whole PLUGINS value with its credentials; that part is never shown.
import type { ClusterHost } from "../../transports/kubernetes/index.js";
import type { LogLine, LogOptions } from "../host.js";
import { errorText } from "../hostError.js";

export async function* logLines(
  cluster: ClusterHost,
  identifier: string | undefined,
  options: LogOptions,
  signal: AbortSignal,
): AsyncIterable<LogLine> {
  const wanted = identifier === undefined ? {} : { wanted: (line: string) => isAbout(line, identifier) };
  const { follow, tail } = options;
  for await (const one of cluster.logs({ follow, ...(tail === undefined ? {} : { tail }), ...wanted, signal })) {
    yield "line" in one
      ? { text: shownLine(one.line), source: one.pod }
      : { text: `its log can't be read: ${errorText(one.error)}`, source: one.pod };
  }
}

/** Lines of one plugin, and those about all of them. */
function isAbout(line: string, identifier: string): boolean {
  return (
    line.includes(`[${identifier}:`) || line.includes(`'${identifier}'`) || /Plugins ready|from PLUGINS/.test(line)
  );
}

/** The service logs an unreadable value as a whole. */
const shownLine = (line: string): string => line.replace(/(from PLUGINS:).*/s, "$1 •••");

/** What the newest start said of a plugin, in the service's words and what they mean; undefined when nothing was said. */
export async function logReason(
  cluster: ClusterHost,
  identifier: string,
  signal: AbortSignal,
): Promise<{ readonly said: string; readonly means?: string } | undefined> {
  let last: string | undefined;
  const wanted = (line: string) => line.includes(`[${identifier}:`) || /from PLUGINS:/.test(line);
  for await (const one of cluster.logs({ tail: 2000, wanted, signal })) {
    if ("line" in one && !/Checkout /.test(one.line)) last = shownLine(one.line);
  }
  if (last === undefined) return undefined;
  const said = last.trim().slice(0, 300);
  const means = meanings.find(([words]) => said.includes(words))?.[1];
  return { said, ...(means === undefined ? {} : { means }) };
}

/** Identifiers that the newest start of every replica calls ready; undefined while one of them hasn't said so. */
export async function readyEverywhere(
  cluster: ClusterHost,
  signal: AbortSignal,
): Promise<readonly string[] | undefined> {
  const pods = (await cluster.pods("list", signal)).filter(({ running }) => running);
  const ready = new Map<string, readonly string[]>();
  for await (const one of cluster.logs({ tail: 2000, wanted: (line) => line.includes("Plugins ready:"), signal })) {
    if ("line" in one)
      ready.set(
        one.pod,
        [...one.line.matchAll(/['"]([^'"]+)['"]/g)].map((found) => found[1] ?? ""),
      );
  }
  const lists = pods.map(({ name }) => ready.get(name));
  const [first] = lists;
  if (first === undefined || lists.some((list) => list === undefined)) return undefined;
  return first.filter((identifier) => lists.every((list) => list?.includes(identifier)));
}

const meanings: readonly (readonly [words: string, means: string])[] = [
  ["Invalid plugin format", "its entry in PLUGINS is neither an address nor an object"],
  ["Error loading plugin files", "its folder is empty"],
  [
    "Error loading plugin config",
    "its folder or manifest.json is missing, can't be read, or lacks name, version or entrypoint",
  ],
  ["Unknown error loading plugin", "its ref was not found in the repository"],
  [
    "'NoneType' object has no attribute 'name'",
    "its ref is a commit or an expression, which the service can't check out",
  ],
  ["remote authentication required", "the repository wants credentials and the entry has none"],
  ["too many redirects or authentication replays", "the repository refuses the entry's user or password"],
  ["invalid credential type", "the entry's kind of credential doesn't suit the repository's address"],
  ["unexpected http status code", "the repository is not at that address"],
  ["failed to resolve path", "the repository is not at that address"],
  ["unknown scheme for URL", "the repository's address is none that git knows"],
  ["exists and is not an empty directory", "a folder of that name is there that is no checkout of the repository"],
  ["Error parsing JSON", "the PLUGINS value is not JSON, and config.plugins.json is read instead"],
];
