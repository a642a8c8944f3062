// The table of adapters, one row per system. A row without `connect` is a system whose hosts are not reached from here yet:
// it offers no methods, and callers see that from their absence.
import { systemTitle } from "../../../server/service/index.js";
import type { Packer } from "../pack/packer.js";
import type { Scaffold } from "../scaffold/data.js";
import type { Tool } from "../transports/executables.js";
import { buntimeAsks } from "./buntime/asks.js";
import { connectBuntime } from "./buntime/index.js";
import { buntimePacker } from "./buntime/packer.js";
import { buntimeScaffold } from "./buntime/scaffold.js";
import type { HostConfig, HostIo, KubernetesTarget, PluginHost, SystemId } from "./host.js";
import { HostError } from "./hostError.js";
import type { HostField } from "./hostFields.js";
import { metaflowAsks, metaflowFields } from "./metaflow/fields.js";
import { connectMetaflow } from "./metaflow/index.js";
import { metaflowPacker } from "./metaflow/packing/packer.js";
import { metaflowScaffold } from "./metaflow/scaffold.js";
import { openjourneyAsks, openjourneyFields } from "./openjourney/fields.js";
import { connectOpenjourney } from "./openjourney/index.js";
import { openjourneyPacker } from "./openjourney/packing/packer.js";
import { openjourneyScaffold } from "./openjourney/scaffold.js";
import { skypilotAsks, skypilotFields } from "./skypilot/fields.js";
import { connectSkypilot } from "./skypilot/index.js";
import { skypilotPacker } from "./skypilot/packer.js";
import { skypilotScaffold } from "./skypilot/scaffold.js";

export interface Adapter {
  readonly system: SystemId;
  /** Absent where the system's plugins can't be packaged from here yet. */
  readonly packer?: Packer;
  /** What the form for a new host asks. */
  readonly asks?: Asks;
  /** What rows of its hosts hold beside what all have. */
  readonly fields?: readonly HostField[];
  readonly connect?: (config: HostConfig, io: HostIo) => PluginHost;
  /** The files of a new plugin. */
  readonly scaffold?: Scaffold;
  /** A host's directory that is not there yet is made with the first plugin. */
  readonly makesDirectory?: true;
  /** The user's programs that its way needs, beside kubectl for hosts in a cluster. */
  readonly tools?: readonly Tool[];
}

export interface Asks {
  /** Absent where hosts of this system have no address. */
  readonly address?: {
    readonly prompt: string;
    readonly placeholder: string;
    readonly isNeeded: boolean;
    /** What can be done by the address alone, where that is not nothing. */
    readonly alone?: string;
  };
  /** Where plugins may lie beside what the address alone reaches. */
  readonly places: readonly ("kubernetes" | "directory")[];
  /** What is asked of a cluster. */
  readonly cluster: readonly (keyof KubernetesTarget)[];
}

export const adapters: readonly Adapter[] = [
  {
    system: "buntime",
    packer: buntimePacker,
    asks: buntimeAsks,
    scaffold: buntimeScaffold,
    connect: connectBuntime,
  },
  {
    system: "skypilot",
    packer: skypilotPacker,
    asks: skypilotAsks,
    fields: skypilotFields,
    scaffold: skypilotScaffold,
    connect: connectSkypilot,
    tools: ["python", "sky"],
  },
  {
    system: "metaflow",
    packer: metaflowPacker,
    asks: metaflowAsks,
    fields: metaflowFields,
    scaffold: metaflowScaffold,
    connect: connectMetaflow,
    makesDirectory: true,
    tools: ["git"],
  },
  {
    system: "openjourney",
    packer: openjourneyPacker,
    asks: openjourneyAsks,
    fields: openjourneyFields,
    scaffold: openjourneyScaffold,
    connect: connectOpenjourney,
    tools: ["docker"],
  },
];

/** The host behind a row of settings. No request is made until a method is called. */
export function connect(config: HostConfig, io: HostIo = {}): PluginHost {
  const adapter = adapters.find((row) => row.system === config.system);
  return adapter?.connect?.(config, io) ?? { config };
}

/** How plugins of a system are packaged. */
export function packerOf(system: string): Packer {
  const packer = adapters.find((row) => row.system === system)?.packer;
  if (packer !== undefined) return packer;
  throw new HostError({
    kind: "unsupported",
    step: "package",
    message: `${systemTitle(system)} plugins can't be packaged from here yet`,
    next: "use the way of the system's own guide",
  });
}

/** The systems that a folder is a plugin of, by its files: mostly one, none where it is no plugin. */
export async function claimsOn(folder: string): Promise<readonly SystemId[]> {
  const claims = adapters.map(async ({ system, packer }) => ((await packer?.claims(folder)) === true ? [system] : []));
  return (await Promise.all(claims)).flat();
}

/** The systems whose plugins can be packaged, in the table's order. */
export function packableSystems(): readonly SystemId[] {
  return adapters.filter(({ packer }) => packer !== undefined).map(({ system }) => system);
}

export type HostAction = Exclude<keyof PluginHost, "config" | "loadsAtOnce" | "harmOf">;

/** The actions a host of this system offers, for menus: which methods are there. */
export function actionsOf(host: PluginHost): readonly HostAction[] {
  const all: readonly HostAction[] = [
    "describe",
    "list",
    "check",
    "upload",
    "reload",
    "verify",
    "remove",
    "setEnabled",
    "address",
    "foresee",
    "fingerprint",
    "files",
    "logs",
    "doctor",
  ];
  return all.filter((action) => host[action] !== undefined);
}
