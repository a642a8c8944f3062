// A SkyPilot plugin on disk: its two files, and the Python project that holds its classes, which is the nearest folder at or above
// them with a pyproject.toml, setup.py or setup.cfg, no further up than the repository's top.
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { definedOf } from "../../../values.js";
import { type PluginsFile, readPlugins } from "./pluginsFile.js";

export const pluginsName = "plugins.yaml";
export const remoteName = "remote_plugins.yaml";

export interface Project {
  /** The folder with the two files. */
  readonly folder: string;
  readonly plugins?: ReadText;
  readonly remote?: ReadText;
  /** The Python project; absent where the classes come from somewhere else. */
  readonly python?: PythonProject;
}

export interface ReadText {
  readonly text: string;
  /** Absent where the text can't be read. */
  readonly file?: PluginsFile;
  readonly reason?: string;
}

export interface PythonProject {
  readonly folder: string;
  readonly name?: string;
  /** Absent where it is made by the build. */
  readonly version?: string;
  /** The build asks git for the version. */
  readonly versionFromGit: boolean;
}

export async function readProject(folder: string): Promise<Project> {
  const root = path.resolve(folder);
  const plugins = await readFileOf(root, pluginsName);
  const remote = await readFileOf(root, remoteName);
  const python = await pythonProject(root);
  return { folder: root, ...definedOf({ plugins, remote, python }) };
}

/** By its files: a remote_plugins.yaml is SkyPilot's alone, a plugins.yaml is when it lists Python classes or names a wheel directory. */
export async function isSkypilotFolder(folder: string): Promise<boolean> {
  if ((await readFileOf(folder, remoteName)) !== undefined) return true;
  const file = (await readFileOf(folder, pluginsName))?.file;
  const classes = file?.entries.filter(({ className }) => /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)+$/.test(className)) ?? [];
  return classes.length > 0 || file?.wheelPath !== undefined;
}

/** What the plugin is called: the project, else the package of its first class. */
export function nameOf({ python, plugins, remote }: Project): string | undefined {
  const first = [...(plugins?.file?.entries ?? []), ...(remote?.file?.entries ?? [])][0];
  return python?.name ?? first?.className.split(".")[0];
}

async function readFileOf(folder: string, name: string): Promise<ReadText | undefined> {
  const text = await textOf(path.join(folder, name));
  if (text === undefined) return undefined;
  const reading = readPlugins(text);
  return reading.readable ? { text, file: reading.file } : { text, reason: reading.reason };
}

async function pythonProject(start: string): Promise<PythonProject | undefined> {
  for (let folder = start; ; folder = path.dirname(folder)) {
    const toml = await textOf(path.join(folder, "pyproject.toml"));
    const isProject = toml === undefined ? await hasSetup(folder) : /^\[(project|build-system)\]/m.test(toml);
    if (isProject) return { folder, ...projectFacts(toml ?? ""), versionFromGit: asksGit.test(toml ?? "") };
    if (folder === path.dirname(folder) || (await exists(path.join(folder, ".git")))) return undefined;
  }
}

const asksGit = /setuptools[-_]scm|hatch-vcs|versioningit|git-versioning|dunamai|\bscm\b/;

async function hasSetup(folder: string): Promise<boolean> {
  return (await exists(path.join(folder, "setup.py"))) || exists(path.join(folder, "setup.cfg"));
}

/** The two texts of `[project]`; a whole TOML reader would be much for that. */
function projectFacts(toml: string): { readonly name?: string; readonly version?: string } {
  const [, after = ""] = toml.split(/^\[project\][ \t]*(?:#.*)?\r?$/m);
  const table = after.split(/^\[/m)[0] ?? "";
  const text = (key: string) => new RegExp(`^${key}[ \\t]*=[ \\t]*["']([^"'\\r\\n]+)["']`, "m").exec(table)?.[1];
  return definedOf({ name: text("name"), version: text("version") });
}

async function exists(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined)) !== undefined;
}

async function textOf(file: string): Promise<string | undefined> {
  return readFile(file, "utf8").catch(() => undefined);
}
