// The directories of a host as files near a plugin set them up: folders of this disk that are mounted where a compose file, with its
// env files, or the image says, and those that a .env file names for a host that runs where the file lies. Paths in the values
// of a Helm release are a pod's own and say nothing of this disk. Nothing is known of hosts that are set up in other ways.

import { dotEnvValues } from "../../embedded/assignments.js";
import { keyText, type Node } from "../../text/node.js";
import { dirname, isInside, resolve } from "../../text/paths.js";
import { readText } from "../../text/readText.js";
import { remember } from "../../text/remember.js";
import type { Files, Workspace } from "../facts.js";
import { asList, asMap, asScalar } from "../read.js";

/** Whose directories: the host decides by them alone what is a plugin and what an app. By the old name no host reads them. */
export type DirsOf = "plugins" | "apps" | "old";

/** Absolute paths, from the files in `folder` and above it in its workspace folder. */
export const hostDirs = (of: DirsOf, folder: string | undefined, workspace: Workspace): readonly string[] =>
  allDirs(of, folder, workspace).filter((dir) => dir !== LATER);

/** Whether one that is known only when it is filled in may be any folder. */
export const mayBeDir = (of: DirsOf, folder: string | undefined, workspace: Workspace): boolean =>
  allDirs(of, folder, workspace).includes(LATER);

/** Stands for what is filled in later. */
const LATER = "$";

const allDirs = (of: DirsOf, folder: string | undefined, workspace: Workspace): readonly string[] =>
  filesWithDirs(of, folder, workspace).flatMap(({ dirs }) => dirs);

/** The files that say so, the nearest first. */
export function filesWithDirs(
  of: DirsOf,
  folder: string | undefined,
  { files, roots }: Workspace,
): readonly { readonly path: string; readonly dirs: readonly string[] }[] {
  const found: { readonly path: string; readonly dirs: readonly string[] }[] = [];
  const root = roots.find((one) => folder !== undefined && isInside(folder, one));
  for (let at = folder; root !== undefined && at !== undefined && isInside(at, root); at = dirname(at)) {
    for (const [names, read] of READERS) {
      for (const path of names.map((name) => `${at}/${name}`)) {
        const dirs = dirsIn(path, files, read)?.[of] ?? [];
        if (dirs.length > 0) found.push({ path, dirs });
      }
    }
    if (at === dirname(at)) break;
  }
  return found;
}

const COMPOSE = ["compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"];
/** Bun reads them in the folder that it is started in. */
const DOTENV = [".env", ".env.local", ".env.development", ".env.production"];
const VARIABLES: Readonly<Record<DirsOf, string>> = {
  plugins: "RUNTIME_PLUGIN_DIRS",
  apps: "RUNTIME_WORKER_DIRS",
  old: "PLUGIN_DIRS",
};
/** Of the image and of the chart. */
const USUAL: Readonly<Partial<Record<DirsOf, string>>> = {
  plugins: "/data/.plugins:/data/plugins",
  apps: "/data/.apps:/data/apps",
};

type Dirs = Readonly<Record<DirsOf, readonly string[]>>;
/** What a text says in a folder; what it names besides is asked for by its path. */
type Reader = (text: string, folder: string, read: Files["read"]) => Dirs;

interface Known {
  readonly text: string;
  /** The other files that were read. */
  readonly others: ReadonlyMap<string, string | undefined>;
  readonly dirs: Dirs;
}

function dirsIn(path: string, files: Files, read: Reader): Dirs | undefined {
  const text = files.read(path);
  if (text === undefined || !/buntime|(?:PLUGIN|WORKER)_DIRS/.test(text)) return undefined;
  const known = READ(files).get(path);
  if (known?.text === text && [...known.others].every(([other, was]) => files.read(other) === was)) return known.dirs;
  const others = new Map<string, string | undefined>();
  const dirs = read(text, dirname(path), (other) => {
    others.set(other, files.read(other));
    return others.get(other);
  });
  READ(files).set(path, { text, others, dirs });
  return dirs;
}

/** What was read of such files, while their text stays the same. */
const READ = remember((_files: Files) => new Map<string, Known>());

const each = (dirs: (of: DirsOf) => readonly string[]): Dirs => ({
  plugins: dirs("plugins"),
  apps: dirs("apps"),
  old: dirs("old"),
});

function listed(value: string | undefined): readonly string[] {
  if (value === undefined || value.trim() === "") return [];
  return value.includes("$") ? [LATER] : value.split(":").map((one) => one.trim());
}

const at = (folder: string, dir: string): string => (dir === LATER ? LATER : resolve(folder, dir));

const inDotEnv = (text: string, name: string): string | undefined => dotEnvValues(text, name).at(-1)?.letters.text;

/** Relative ones count from the working directory. */
const namedIn: Reader = (text, folder) =>
  each((of) => listed(inDotEnv(text, VARIABLES[of])).map((dir) => at(folder, dir)));

const mountedIn: Reader = (text, folder, read) => {
  const root = readText(text, "yaml").tree.documents[0]?.root;
  const services = asMap(under(root, "services"))?.pairs ?? [];
  return each((of) => services.flatMap(({ value }) => mounted(value, of, folder, read)));
};

function mounted(service: Node | undefined, of: DirsOf, folder: string, read: Files["read"]): string[] {
  const image = asScalar(under(service, "image"))?.text ?? "";
  const set = variableIn(service, VARIABLES[of], folder, read) ?? (/buntime/.test(image) ? USUAL[of] : undefined);
  const dirs = listed(set).map((dir) => at("/", dir));
  const mounts = (asList(under(service, "volumes"))?.items ?? []).flatMap((item) => {
    const [source, target] = mountOf(item);
    if (source === undefined || target === undefined || !/^\.{0,2}\//.test(source)) return [];
    const inside = dirs.filter((dir) => isInside(dir, resolve("/", target)));
    return inside.map((dir) => resolve(folder, `${source}/${dir.slice(resolve("/", target).length)}`));
  });
  return dirs.includes(LATER) ? [...mounts, LATER] : mounts;
}

/** `./plugins:/data/plugins:ro`, or the same as a map. */
function mountOf(item: Node | undefined): readonly (string | undefined)[] {
  const short = asScalar(item)?.text;
  return short === undefined ? ["source", "target"].map((key) => asScalar(under(item, key))?.text) : short.split(":");
}

/** As a service gets it: from `environment`, else from its last env file that sets it. */
function variableIn(service: Node | undefined, name: string, folder: string, read: Files["read"]): string | undefined {
  const environment = under(service, "environment");
  const lines = (asList(environment)?.items ?? []).flatMap((item) => asScalar(item)?.text ?? []);
  const line = lines.find((one) => one.startsWith(`${name}=`));
  const own = line?.slice(name.length + 1) ?? asScalar(under(environment, name))?.text;
  if (own !== undefined) return filledIn(own, read(`${folder}/.env`) ?? "");
  const envFiles = under(service, "env_file");
  const paths = (asList(envFiles)?.items ?? [envFiles]).flatMap((item) => {
    const path = asScalar(item)?.text ?? asScalar(under(item, "path"))?.text;
    return path === undefined ? [] : [resolve(folder, path)];
  });
  return paths.flatMap((path) => inDotEnv(read(path) ?? "", name) ?? []).at(-1);
}

/** `${DIRS}` and `${DIRS:-/data/plugins}`, by the .env file beside the compose file. */
function filledIn(value: string, dotEnv: string): string {
  const [, name, fallback] = /^\$\{([A-Za-z_]\w*)(?::?-([^{}$]*))?\}$/.exec(value.trim()) ?? [];
  return name === undefined ? value : (inDotEnv(dotEnv, name) ?? fallback ?? value);
}

const READERS: readonly (readonly [names: readonly string[], read: Reader])[] = [
  [COMPOSE, mountedIn],
  [DOTENV, namedIn],
];

const under = (node: Node | undefined, key: string): Node | undefined =>
  asMap(node)?.pairs.find((pair) => keyText(pair) === key)?.value;
