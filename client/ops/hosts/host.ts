// The words every host adapter and every caller share: what a host is, what a plugin on it looks like, what can be asked of it.
// Types only; a method that is absent means "this host cannot do that".
import type { SystemId } from "../../../server/service/index.js";
import type { Shipment } from "../pack/shipment.js";
import type { Executables } from "../transports/executables.js";
import type { Run, ToolLog } from "../transports/process.js";
import type { HostError } from "./hostError.js";
import type { OwnFields } from "./hostFields.js";

export type { SystemId };

/** How careful to be: `production` hosts are confirmed before anything changes on them. */
export type HostLevel = "local" | "shared" | "production";

export interface KubernetesTarget {
  readonly context?: string;
  readonly namespace?: string;
  readonly selector?: string;
  readonly container?: string;
  readonly directory?: string;
}

/** One row of `plugsmith.hosts`. It never holds a credential. */
export interface HostConfig {
  readonly name: string;
  readonly system: SystemId;
  readonly url?: string;
  readonly level: HostLevel;
  readonly kubernetes?: KubernetesTarget;
  readonly directory?: string;
  /** Path of a PEM file with the authority that signed the host's certificate. */
  readonly ca?: string;
  /** Path of a PEM file with the certificate that is shown to the host, for hosts that want one. */
  readonly cert?: string;
  /** Path of a PEM file with the key of `cert`, where that file doesn't hold it. */
  readonly certKey?: string;
  /** Sent with every request; `${env:NAME}` in a value is the variable of that name. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Fields that only hosts of this system have; read by `ownText` and `ownWords`. */
  readonly own?: OwnFields;
}

export interface PluginMenu {
  readonly title: string;
  readonly icon?: string;
  readonly path?: string;
  readonly items: readonly PluginMenu[];
}

/**
 * - `loaded`: the host runs it.
 * - `installed`: its files are there, the host does not run it.
 * - `lingering`: the host still runs it although its files are not in the installed list (removed, and not reloaded since).
 * - `disabled`: its files are there, and say that it is not to be loaded.
 * - `failed`: its files are there, and the host could not load them; `note` says why.
 */
export type PluginState = "loaded" | "installed" | "lingering" | "disabled" | "failed";

export interface PluginSummary {
  readonly name: string;
  readonly state: PluginState;
  readonly version?: string;
  readonly base?: string;
  /** Site paths a person can open: the base's page and the menus' paths. */
  readonly routes: readonly string[];
  readonly menus: readonly PluginMenu[];
  readonly dependencies: readonly string[];
  readonly optionalDependencies: readonly string[];
  /** What `remove` sends; absent when the host does not list the plugin's files. */
  readonly removeKey?: string;
  readonly removable?: boolean;
  readonly source?: "built-in" | "uploaded";
  /** Where the files are, in the host's own words. */
  readonly path?: string;
  /** One sentence when the state needs explaining. */
  readonly note?: string;
  /** Why it failed, with the code of the problem: to be shown at the manifest. */
  readonly reason?: { readonly code: string; readonly message: string };
}

/** What a host said about itself, read fresh from it. */
export interface HostDescription {
  /** In words: `Buntime v0.4 or newer`. */
  readonly title: string;
  readonly version?: string;
  /** It has a switch by which a plugin that it has is loaded or not. */
  readonly canEnable: boolean;
  /** What the stored token may do, where the host tells. */
  readonly principal?: Principal;
}

export interface Principal {
  readonly name: string;
  readonly role?: string;
  readonly permissions: readonly string[];
  /** `["*"]`, or the scopes the token is limited to. */
  readonly namespaces: readonly string[];
}

/** What an act did on one replica, volume or file of a host that has several. One that failed does not hide the others. */
export interface ReplicaOutcome {
  /** A pod's name, a folder, a file. */
  readonly replica: string;
  readonly ok: boolean;
  /** What happened there; for a failure with the next step. */
  readonly message: string;
}

export interface Uploaded {
  readonly name: string;
  readonly version?: string;
  /** Where the host says it put the files. */
  readonly at?: string;
  readonly replicas?: readonly ReplicaOutcome[];
  /** What the history is to keep instead, where sending added to it: the digest that a registry gave. */
  readonly shipment?: Shipment;
}

export interface Reloaded {
  /** Everything the host looked at: being here is no proof of being loaded. */
  readonly scanned: readonly { readonly name: string; readonly version?: string }[];
  readonly milliseconds: number;
  readonly replicas?: readonly ReplicaOutcome[];
}

export interface Removed {
  readonly name: string;
  readonly key: string;
  /** True when a reload after the removal proved that the plugin no longer runs. */
  readonly gone: boolean;
  readonly note?: string;
  readonly replicas?: readonly ReplicaOutcome[];
}

/** What an operation is about to be asked of a host. */
export type Intent =
  | { readonly operation: "upload" | "deploy" | "rollback"; readonly shipment: Shipment }
  | { readonly operation: "remove" | "enable" | "disable"; readonly plugin: string }
  | { readonly operation: "reload" };

/** One thing that an operation will change, in words; `diff` where a text file changes. */
export interface Change {
  readonly action: "add" | "replace" | "remove" | "restart" | "run" | "keep";
  /** `plugin "notes" 1.2.0`, `entry "notes" of PLUGINS`, `kubectl rollout restart deployment/ui`. */
  readonly what: string;
  /** `pod buntime-0:/data/plugins/@acme/notes`, `~/.sky/plugins.yaml`. */
  readonly where: string;
  readonly detail?: string;
  readonly diff?: { readonly file: string; readonly before: string; readonly after: string };
}

/** What a plugin will show on a host that runs it, by its own files. */
export interface Offered {
  readonly routes: readonly string[];
  readonly menus: readonly PluginMenu[];
}

/** What a host has of a plugin, to tell whether somebody else changed it since we sent it. Absent fields are not known. */
export interface Fingerprint {
  /** As `Shipment.contents`. */
  readonly contents?: string;
  readonly version?: string;
  /** When the host's files were last written, in milliseconds since 1970. */
  readonly changedAt?: number;
}

/** A file as it lies on a host. */
export interface HostContent {
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface LogOptions {
  /** Goes on until the signal aborts. */
  readonly follow: boolean;
  /** The newest lines to begin with. */
  readonly tail?: number;
}

export interface LogLine {
  readonly text: string;
  /** The pod or file that it comes from. */
  readonly source?: string;
}

/** One finding of `doctor`: what was looked at, what is so, and what to do when that is no good. */
export interface Check {
  readonly name: string;
  readonly state: "good" | "attention" | "bad" | "unknown";
  readonly detail: string;
  readonly next?: string;
}

/** What reading back after a reload proved. `reason` and `next` are sentences for the user. */
export type Verdict =
  | { readonly state: "verified"; readonly plugin: PluginSummary; readonly note?: string }
  | { readonly state: "notLoaded"; readonly code: string; readonly reason: string; readonly next: string };

/** A problem with taking a plugin to a host; `error` means the host refuses it, does not load it, or suffers. */
export interface Finding {
  readonly severity: "error" | "warning" | "information";
  readonly code: string;
  readonly message: string;
  /** Relative path of the file in question. */
  readonly file?: string;
  /** Where in the file: line and character of its start, from 0. */
  readonly position?: { readonly line: number; readonly character: number };
  /** What can be done about it here. */
  readonly remedy?: "raiseVersion";
}

/** A delivery that did not go well: the reload after it failed, or reading back did not find the plugin loaded. */
export type Mishap =
  | { readonly at: "reload"; readonly error: HostError }
  | { readonly at: "verification"; readonly code: string; readonly findings: readonly Finding[] };

/** Why a plugin that was sent has to go again, in the shape of a verdict. */
export interface Harm {
  readonly code: string;
  readonly reason: string;
  readonly next: string;
}

/** One host. Everything waits on an `AbortSignal` and throws `HostError` alone. */
export interface PluginHost {
  readonly config: HostConfig;
  describe?(signal: AbortSignal): Promise<HostDescription>;
  list?(signal: AbortSignal): Promise<readonly PluginSummary[]>;
  /** What on this host stands against the shipment: clashes with what is there, missing dependencies. Changes nothing. */
  check?(shipment: Shipment, signal: AbortSignal): Promise<readonly Finding[]>;
  upload?(shipment: Shipment, signal: AbortSignal): Promise<Uploaded>;
  reload?(signal: AbortSignal): Promise<Reloaded>;
  /** An upload makes the host run what it gets; a deployment goes on to reading back without a reload. */
  readonly loadsAtOnce?: true;
  /** Reads back what the host runs and compares it with what was sent. */
  verify?(shipment: Shipment, reloaded: Reloaded | undefined, signal: AbortSignal): Promise<Verdict>;
  /** Says of a mishap that the plugin just sent is its cause and harms the host's other plugins until it is taken out; undefined otherwise. */
  harmOf?(plugin: string, mishap: Mishap): Harm | undefined;
  /** Removes the files by the key the host understands, then reloads so that it stops running. */
  remove?(name: string, signal: AbortSignal): Promise<Removed>;
  setEnabled?(name: string, enabled: boolean, signal: AbortSignal): Promise<void>;
  /** What the host will change for this, worked out without changing anything. */
  foresee?(intent: Intent, signal: AbortSignal): Promise<readonly Change[]>;
  /** What the host has of this plugin now; undefined when it has none. */
  fingerprint?(plugin: string, signal: AbortSignal): Promise<Fingerprint | undefined>;
  /** The files that the host has of this plugin, for a comparison; undefined when they can't be read. */
  files?(plugin: string, signal: AbortSignal): Promise<readonly HostContent[] | undefined>;
  /** Lines of the host's log, of all replicas; only those about `plugin` where that can be told. */
  logs?(plugin: string | undefined, options: LogOptions, signal: AbortSignal): AsyncIterable<LogLine>;
  /** Reachability, credential, tools, directories: what a person would check by hand. */
  doctor?(signal: AbortSignal): Promise<readonly Check[]>;
  /** Address of the plugin's page; undefined when it has none. */
  address?(plugin: { readonly base?: string; readonly hasPage?: boolean }): string | undefined;
}

/** What an adapter may reach; tests replace `fetch` and `run`, the extension gives keys from its secret storage. */
export interface HostIo {
  readonly fetch?: typeof fetch;
  /** Runs the user's programs; adapters get it by `runOf(io)`. */
  readonly run?: Run;
  /** Where the user's programs are, for those that PATH should not tell. */
  readonly executables?: Executables;
  /** Told of each program that is run, and of what it says. */
  readonly log?: ToolLog;
  readonly token?: () => Promise<string | undefined>;
  /** Variables that rows refer to; those of this process unless told. */
  readonly env?: NodeJS.ProcessEnv;
  readonly timeouts?: Partial<HostTimeouts>;
}

/** Milliseconds. A reload may take 30 s for one plugin's start alone. */
export interface HostTimeouts {
  readonly answer: number;
  readonly upload: number;
  readonly reload: number;
}
