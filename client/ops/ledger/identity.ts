// Which host an entry of the history is about: the server at an address, or a place that plugins are put into; never what its row is
// called, so that a renamed row, another row and `--url` share one memory.
import type { HostConfig, SystemId } from "../hosts/host.js";
import { adapters } from "../hosts/index.js";
import { definedOf } from "../values.js";

export type LedgerHost = Pick<HostConfig, "name" | "system" | "url" | "kubernetes" | "directory" | "own">;

export interface Identity {
  readonly system: SystemId;
  /** As a row has it: the host in lower case, no usual port, no slash at the end. */
  readonly url?: string;
  /** Where plugins are put beside what the address alone reaches: the cluster's, a directory, a file of the system's own. */
  readonly place?: string;
}

/** What earlier versions wrote names the row and, where it had one, the address. */
export interface Told extends Partial<Identity> {
  readonly host: string;
}

export function identityOf({ system, url, kubernetes, directory, own = {} }: LedgerHost): Identity {
  const places = adapters.find((one) => one.system === system)?.fields?.filter(({ isPlace }) => isPlace === true) ?? [];
  const cluster = kubernetes && [kubernetes.context, kubernetes.namespace, kubernetes.selector].map((one) => one ?? "");
  const named = places.flatMap(({ key }) => (own[key] === undefined ? [] : [`${key} ${String(own[key])}`]));
  const parts = [...(cluster ? [`kubernetes ${cluster.join("/")}`] : []), ...(directory ? [directory] : []), ...named];
  return { system, ...definedOf({ url, place: parts.length === 0 ? undefined : parts.join("; ") }) };
}

/** What only one of them says decides nothing: `--url` says no place, and a row in a cluster may say no address. */
export function isAbout(entry: Told, host: LedgerHost): boolean {
  const { system, url, place } = identityOf(host);
  if (entry.system === undefined) {
    return entry.url === undefined || url === undefined ? entry.host === host.name : entry.url === url;
  }
  const said = [
    [entry.url, url],
    [entry.place, place],
  ].filter((pair) => !pair.includes(undefined));
  return entry.system === system && said.length > 0 && said.every(([theirs, ours]) => theirs === ours);
}

/** What the folder of these records is named by. */
export function folderNameOf({ system, url, place }: Identity): string {
  return [system, url, place].filter((part) => part !== undefined).join(" ");
}
