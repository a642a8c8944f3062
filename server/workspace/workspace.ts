// The service's view of the open folders, kept true by its owner: who owns the connection says what was opened, edited and
// changed on disk; here files are read, recognised and their facts remembered. It opens no connection and watches nothing.

import { URI } from "vscode-uri";
import {
  DEFAULT_SETTINGS,
  type HostSnapshot,
  type Manifest,
  manifestsOf,
  mayBeManifest,
  type Parsed,
  parseText,
  type Recognition,
  type RemoteRefs,
  recognise,
  type ServiceSettings,
  usuallyEmbeds,
  type Workspace,
} from "../service/index.js";
import { type DiskFiles, diskFiles, slashed } from "./diskFiles.js";
import { type FactIndex, factIndex, type KnownManifest } from "./factIndex.js";
import { isReached, type ListFolder, type Walked, walk } from "./walk.js";

export interface LiveWorkspace extends Workspace {
  readonly files: DiskFiles;
  readonly index: FactIndex;
  readonly remotes: readonly RemoteRefs[];
  readonly settings: ServiceSettings;
  /** Replaces what is given. Changed roots, associations or rules need a `scan` afterwards. */
  configure(change: WorkspaceChange): void;
  /** Walks all roots, learns every manifest and forgets those that are gone. */
  scan(signal?: AbortSignal, list?: ListFolder): Promise<Walked>;
  /** Files were created, changed, deleted or renamed on disk. Answers whether any facts changed. */
  changed(paths: readonly string[]): Promise<boolean>;
  /** Whose file is at `path`? Open editors win over the disk; undefined when nothing readable is there. */
  recogniseAt(path: string): Recognition | undefined;
  /** Remembers what the documents of ours in a file (its newest version) tell; none: it is no manifest. Answers whether facts changed. */
  learn(path: string, manifests: readonly Manifest[]): boolean;
}

export interface WorkspaceChange {
  readonly roots?: readonly string[];
  readonly settings?: ServiceSettings;
  readonly hosts?: readonly HostSnapshot[];
  readonly remotes?: readonly RemoteRefs[];
}

/** What a host or a remote said longer ago than this (milliseconds) is no longer a fact. */
export const HOSTS_STALE = 10 * 60_000;

export interface WorkspaceStart extends WorkspaceChange {
  readonly files?: DiskFiles;
  /** Characters of parsed files that are kept for as long as the workspace lives: who checks all of them once parses each once. */
  readonly keep?: number;
}

export function createWorkspace(start: WorkspaceStart = {}): LiveWorkspace {
  const files = start.files ?? diskFiles();
  const index = factIndex();
  const parsed = lastParsed(start.keep ?? 0);
  const now = {
    roots: (start.roots ?? []).map(slashed),
    settings: start.settings ?? DEFAULT_SETTINGS,
    hosts: start.hosts ?? [],
    remotes: start.remotes ?? [],
  };
  const isCandidate = (path: string) => mayBeManifest(path, now.settings, workspace) || usuallyEmbeds(path);

  const workspace: LiveWorkspace = {
    files,
    index,
    get roots() {
      return now.roots;
    },
    get settings() {
      return now.settings;
    },
    get hosts() {
      return now.hosts.filter(({ at }) => Date.now() - at < HOSTS_STALE);
    },
    get remotes() {
      return now.remotes.filter(({ at }) => Date.now() - at < HOSTS_STALE);
    },
    open: (path) => workspace.documents(path)[0],
    documents: (path) => {
      const recognition = workspace.recogniseAt(path);
      return recognition ? manifestsOf(recognition) : [];
    },
    manifests: (system) => index.manifests(system),
    configure: ({ roots, settings, hosts, remotes }) => {
      if (roots) now.roots = roots.map(slashed);
      if (settings) now.settings = settings;
      if (hosts) now.hosts = hosts;
      if (remotes) now.remotes = remotes;
    },
    recogniseAt: (path) => {
      const text = files.read(path);
      return text === undefined ? undefined : recognise(parsed(path, text), workspace, now.settings);
    },
    learn: (path, [manifest, ...others]) => {
      if (!manifest) return index.remove(path);
      const inside = others.map((one) => known(path, one));
      return index.put({ ...known(path, manifest), ...(inside.length > 0 && { inside }) });
    },
    scan: async (signal, list) => {
      const found = await walk(now.roots, { wanted: isCandidate, ...(signal && { signal }), ...(list && { list }) });
      await learnAll(found.paths, signal);
      if (found.complete) {
        const present = new Set(found.paths);
        for (const { path } of index.all()) if (!present.has(path) && !files.hasOverlay(path)) index.remove(path);
      }
      return found;
    },
    changed: async (paths) => {
      const before = index.revision;
      for (const path of new Set(paths.map(slashed))) await follow(path);
      return index.revision !== before;
    },
  };
  return workspace;

  function learnAt(path: string): void {
    workspace.learn(path, workspace.documents(path));
  }

  /** Reading and parsing is synchronous; between files the event loop has its turn. */
  async function learnAll(paths: readonly string[], signal?: AbortSignal): Promise<void> {
    for (const path of paths) {
      if (signal?.aborted) return;
      learnAt(path);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async function follow(path: string): Promise<void> {
    files.invalidate(path);
    // A folder that went away takes its manifests along; clients report the folder alone.
    for (const known of index.all()) {
      if (known.path.startsWith(`${path}/`)) learnAt(known.path);
    }
    if (isCandidate(path)) return followManifest(path);
    if (files.kind(path) === "directory") {
      if (await isInWorkspace(`${path}/any`)) await learnAll((await walk([path], { wanted: isCandidate })).paths);
      return;
    }
    // Whether a manifest is ours can depend on what stands beside it.
    const folder = path.slice(0, path.lastIndexOf("/"));
    for (const { name } of files.list(folder) ?? []) {
      if (isCandidate(`${folder}/${name}`)) await followManifest(`${folder}/${name}`);
    }
  }

  async function followManifest(path: string): Promise<void> {
    if (files.hasOverlay(path) || (await isInWorkspace(path))) learnAt(path);
    else index.remove(path);
  }

  async function isInWorkspace(path: string): Promise<boolean> {
    for (const root of now.roots) if (await isReached(root, path)) return true;
    return false;
  }
}

function known(path: string, manifest: Manifest): KnownManifest {
  const { system, kind } = manifest;
  const plugin = system.describe?.(manifest);
  return {
    path,
    system: system.id,
    document: kind.id,
    facts: system.facts?.(manifest),
    ...(plugin && { plugin }),
  };
}

/** Parsed files for as long as someone holds them, so that checking a file after learning its facts parses it once. */
function lastParsed(keep: number): (path: string, text: string) => Parsed {
  const kept = new Map<string, WeakRef<Parsed>>();
  const held: Parsed[] = [];
  let left = keep;
  return (path, text) => {
    const found = kept.get(path)?.deref();
    if (found?.text === text) return found;
    const parsed = parseText(URI.file(path).toString(), text);
    if (kept.size > 20_000) kept.clear();
    kept.set(path, new WeakRef(parsed));
    left -= text.length;
    if (left >= 0) held.push(parsed);
    return parsed;
  };
}
