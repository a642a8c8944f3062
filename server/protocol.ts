// Private requests and notifications between client and server, and what the client passes at initialise. Types and
// method names only; both sides import this file and nothing else of each other.

import type { HostSnapshot, Preview, RemoteRefs, ServiceSettings } from "./service/index.js";

/** Request: the plugins that the workspace's manifests describe. */
export const PLUGINS = "plugsmith/plugins";
/** Notification to the client: the answer to `plugsmith/plugins` may have changed. */
export const PLUGINS_CHANGED = "plugsmith/pluginsChanged";
/** Notification to the server: what is loaded where, with its age. Replaces what was told before. */
export const HOST_PLUGINS = "plugsmith/hostPlugins";
/** Notification to the server: what git remotes said when the user had them asked. Replaces what was told before. */
export const REMOTE_REFS = "plugsmith/remoteRefs";
/** Request: whose file is this, and why? */
export const VERDICT = "plugsmith/verdict";
/** Notification to the client: the verdict on an open file is new or has changed. */
export const VERDICT_CHANGED = "plugsmith/verdictChanged";
/** Request: what the host will make of a manifest, open or not, by its newest text. */
export const PREVIEW = "plugsmith/preview";
/** Request: problems of every manifest in the workspace, as `plugsmith check` finds them. Publishes them as well. */
export const CHECK_WORKSPACE = "plugsmith/checkWorkspace";

export interface LocalPlugin {
  readonly system: string;
  readonly name: string;
  readonly version?: string;
  /** URI of the manifest that describes it. */
  readonly manifest: string;
  /** URI of the plugin's folder. */
  readonly root: string;
  readonly detail?: string;
  readonly errors: number;
  readonly warnings: number;
}

export interface PreviewParams {
  readonly uri: string;
}

export interface PreviewReport extends Preview {
  readonly system: string;
  /** "system/document". */
  readonly document: string;
}

export interface VerdictParams {
  readonly uri: string;
}

export interface VerdictReport {
  readonly uri: string;
  /** "system/document" when the file is ours. */
  readonly document?: string;
  /** The document in words: "Buntime plugin manifest". */
  readonly title?: string;
  /** Why, or why not: one clause. */
  readonly reason: string;
  /** A setting decided (`plugsmith.associations`). */
  readonly associated: boolean;
  /** Every document kind the user may choose instead. */
  readonly choices: readonly { readonly document: string; readonly title: string }[];
}

export interface HostPluginsParams {
  readonly hosts: readonly HostSnapshot[];
}

export interface RemoteRefsParams {
  readonly remotes: readonly RemoteRefs[];
}

export interface WorkspaceReport {
  readonly files: number;
  readonly errors: number;
  readonly warnings: number;
}

/** What other extensions in the same editor cover already; those parts are left to them. */
export interface Covered {
  /** JSON syntax problems (VS Code's own JSON service, for files it validates). */
  readonly jsonSyntax: boolean;
  /** YAML syntax problems and duplicate keys (Red Hat's YAML extension). */
  readonly yamlSyntax: boolean;
  /** A kustomization schema from the schema store: shape problems, keys, hovers (Red Hat's YAML extension). */
  readonly kustomizationSchema: boolean;
}

export const NOTHING_COVERED: Covered = { jsonSyntax: false, yamlSyntax: false, kustomizationSchema: false };

export interface InitializationOptions {
  /** Commands that the client has and the server may offer as code actions: `plugsmith.fetchRefs`. */
  readonly commands?: readonly string[];
  readonly settings?: Partial<ServiceSettings>;
  readonly covered?: Partial<Covered>;
  /** Base URI of the documentation, without a final slash; the default is the package's own docs folder. */
  readonly docs?: string;
  /** "open": only open files; "workspace": every manifest. */
  readonly check?: "open" | "workspace";
}

/** What `workspace/didChangeConfiguration` carries under `settings`. */
export interface ChangedConfiguration {
  readonly plugsmith: Pick<InitializationOptions, "settings" | "covered" | "check">;
}
