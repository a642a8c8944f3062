// The service's view of the open folders, kept true by its owner: who owns the connection says what was opened, edited and
// changed on disk; here files are read, recognised and their facts remembered. It opens no connection and watches nothing.

import { posix } from "node:path";
import { URI } from "vscode-uri";
import {
  DEFAULT_SETTINGS,
  type HostSnapshot,
  type Manifest,
  manifestsOf,
  mayBeManifest,
  mayEmbed,
  type Parsed,
  parseText,
  type Recognition,
  type RemoteRefs,
  recognise,
  remember,
  type ServiceSettings,
  usuallyEmbeds,
  type Workspace,
} from "../service/index.js";
import { type DiskFiles, diskFiles, slashed } from "./diskFiles.js";
import { type FactIndex, factIndex, type KnownManifest } from "./factIndex.js";
import { isReached } from "./reached.js";
import { createReaders, type Readers } from "./readers.js";
import { turns } from "./turns.js";
import { type ListFolder, type Walked, walk } from "./walk.js";

export interface LiveWorkspace extends Workspace {
  readonly files: DiskFiles;
  readonly index: FactIndex;
  readonly readers: Readers;
  readonly remotes: readonly RemoteRefs[];
  readonly settings: ServiceSettings;
  /** Replaces what is given. Changed roots, associations or rules need a `scan` afterwards. */
  configure(change: WorkspaceChange): void;
  /** What is kept of a file needn't be any longer. */
  release(path: string): void;
  /** Walks all roots, learns every manifest and forgets those that are gone. */
  scan(options?: ScanOptions): Promise<Walked>;
  /** Learns what stands in files in which no document of ours is usual, as far as it comes within `signal`. */
  lookFurther(signal: AbortSignal): Promise<void>;
  /** Files were created, changed, deleted or renamed on disk. Answers whether any facts changed. */
  changed(paths: readonly string[]): Promise<boolean>;
  /** Whose file is at `path`? Open editors win over the disk; undefined when nothing readable is there. */
  recogniseAt(path: string): Recognition | undefined;
  /** Remembers what the documents of ours in a file (its newest version) tell; none: it is no manifest. Answers whether facts changed. */
  learn(path: string, manifests: readonly Manifest[]): boolean;
}

export interface ScanOptions {
  readonly signal?: AbortSignal;
  readonly list?: ListFolder;
}

export interface WorkspaceChange {
  readonly roots?: readonly string[];
  readonly settings?: ServiceSettings;
  readonly hosts?: readonly HostSnapshot[];
  readonly remotes?: readonly RemoteRefs[];
  /** Whether every file that may hold a document of ours is looked into, rather than those in which that is usual. */
  readonly everywhere?: boolean;
}

/** What a host or a remote said longer ago than this (milliseconds) is no longer a fact. */
export const NEWS_STALE = 10 * 60_000;

export interface WorkspaceStart extends WorkspaceChange {
  readonly files?: DiskFiles;
  /**
   * Characters of parsed files that are kept until they are released, and whose they are: who checks all of them once, while
   * nothing changes, parses and recognises each once.
   */
  readonly keep?: number;
}

export function createWorkspace(start: WorkspaceStart = {}): LiveWorkspace {
  const readers = createReaders();
  const files = start.files ?? diskFiles({ onRead: readers.asked });
  const index = factIndex();
  const { parsed, release } = lastParsed(start.keep ?? 0);
  const recogniseNow = (one: Parsed) => recognise(one, workspace, now.settings);
  const recognised = start.keep === undefined ? recogniseNow : remember(recogniseNow);
  const now = {
    roots: (start.roots ?? []).map(slashed),
    settings: start.settings ?? DEFAULT_SETTINGS,
    hosts: start.hosts ?? [],
    remotes: start.remotes ?? [],
    everywhere: start.everywhere ?? false,
  };
  const isNamedSo = (path: string) => mayBeManifest(path, now.settings, workspace) || usuallyEmbeds(path);
  const isCandidate = (path: string) =>
    isNamedSo(path) || index.get(path) !== undefined || (now.everywhere && mayEmbed(path));

  const workspace: LiveWorkspace = {
    files,
    index,
    readers,
    get roots() {
      return now.roots;
    },
    get settings() {
      return now.settings;
    },
    get hosts() {
      return now.hosts.filter(({ at }) => Date.now() - at < NEWS_STALE);
    },
    get remotes() {
      return now.remotes.filter(({ at }) => Date.now() - at < NEWS_STALE);
    },
    open: (path) => workspace.documents(path)[0],
    documents: (path) => {
      const recognition = workspace.recogniseAt(path);
      return recognition ? manifestsOf(recognition) : [];
    },
    manifests: (system) => index.manifests(system),
    configure: ({ roots, settings, hosts, remotes, everywhere }) => {
      if (roots) now.roots = roots.map(slashed);
      if (settings) now.settings = settings;
      if (hosts) now.hosts = hosts;
      if (remotes) now.remotes = remotes;
      if (everywhere !== undefined) now.everywhere = everywhere;
    },
    recogniseAt: (path) => {
      readers.asked(path);
      const open = files.overlay(path)?.parsed?.();
      if (open) return recognised(open);
      const text = files.read(path);
      return text === undefined ? undefined : recognised(parsed(path, text));
    },
    learn: (path, [manifest, ...others]) => {
      if (!manifest) return index.remove(path);
      const inside = others.map((one) => known(path, one));
      return index.put({ ...known(path, manifest), ...(inside.length > 0 && { inside }) });
    },
    release,
    scan: async (options = {}) => {
      const found = await walk(now.roots, { ...options, wanted: isNamedSo });
      // On their own, since such names are many: they must not keep manifests out where a bound ends the walk.
      const outer = now.everywhere ? await walk(now.roots, { ...options, wanted: mayEmbed }) : NOTHING_MORE;
      const present = new Set([...found.paths, ...outer.paths]);
      await learnAll([...present], options.signal);
      const complete = found.complete && outer.complete;
      if (complete) {
        for (const { path } of index.all()) if (!present.has(path) && !files.overlay(path)) index.remove(path);
      }
      return { paths: [...present].sort(), complete };
    },
    lookFurther: async (signal) => {
      if (now.everywhere) return;
      const { paths } = await walk(now.roots, { wanted: mayEmbed, signal });
      await learnAll(
        paths.filter((path) => index.get(path) === undefined),
        signal,
      );
    },
    changed: async (paths) => {
      const before = index.revision;
      await follow([...new Set(paths.map(slashed))]);
      return index.revision !== before;
    },
  };
  return workspace;

  function learnAt(path: string): void {
    workspace.learn(path, workspace.documents(path));
  }

  /** Reading and parsing is synchronous; between files the event loop has its turn. */
  async function learnAll(paths: readonly string[], signal?: AbortSignal): Promise<void> {
    const turn = turns();
    for (const path of paths) {
      if (signal?.aborted) return;
      learnAt(path);
      await turn();
    }
  }

  async function follow(paths: readonly string[]): Promise<void> {
    for (const path of paths) files.invalidate(path);
    // A folder that went away takes its manifests along; clients report the folder alone.
    const isBelow = belowAny(paths);
    for (const { path } of index.all()) if (isBelow(path)) learnAt(path);
    const manifests = new Set<string>();
    const folders = new Set<string>();
    for (const path of paths) {
      if (isCandidate(path)) manifests.add(path);
      else if (files.kind(path) === "directory") await followFolder(path);
      else folders.add(dirname(path));
    }
    // Whether a manifest is ours can depend on what stands beside it.
    for (const folder of folders)
      for (const { name } of files.list(folder) ?? [])
        if (isNamedSo(`${folder}/${name}`)) manifests.add(`${folder}/${name}`);
    for (const path of manifests) await followManifest(path);
  }

  async function followFolder(folder: string): Promise<void> {
    if (!(await isReached(now.roots, `${folder}/any`))) return;
    const { paths } = await walk([folder], { wanted: isCandidate, among: now.roots });
    await learnAll(paths);
  }

  async function followManifest(path: string): Promise<void> {
    if (files.overlay(path) || (await isReached(now.roots, path))) learnAt(path);
    else index.remove(path);
  }
}

const NOTHING_MORE: Walked = { paths: [], complete: true };

const { dirname } = posix;

/** Whether a path lies in one of some folders, at any depth. Asked of each of thousands of manifests at each change on the disk. */
function belowAny(folders: readonly string[]): (path: string) => boolean {
  const names = new Set(folders);
  const lengths = new Set(folders.map(({ length }) => length));
  return (path) => {
    for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1))
      if (lengths.has(at) && names.has(path.slice(0, at))) return true;
    return false;
  };
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
function lastParsed(keep: number) {
  const kept = new Map<string, WeakRef<Parsed>>();
  const held = new Map<string, Parsed>();
  let left = keep;
  return {
    parsed: (path: string, text: string): Parsed => {
      const found = kept.get(path)?.deref();
      if (found?.text === text) return found;
      const parsed = parseText(URI.file(path).toString(), text);
      if (kept.size > 20_000) kept.clear();
      kept.set(path, new WeakRef(parsed));
      left -= text.length;
      if (left >= 0) held.set(path, parsed);
      return parsed;
    },
    release: (path: string) => void held.delete(path),
  };
}
