// Finds the user's own programs: where a setting says, else on PATH. What it answers is a full path, so that nothing is ever
// looked for in the folder that happens to be the working directory, which may be somebody else's plugin.
import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import path from "node:path";
import { HostError } from "../hosts/hostError.js";
import { fromHome } from "./home.js";

/** Paths that the user set, by tool. An empty one counts as none. */
export type Executables = Readonly<Partial<Record<Tool, string>>>;

export type Tool = "kubectl" | "docker" | "git" | "python" | "sky";

interface ToolRow {
  /** Names on PATH, the best first. */
  readonly names: readonly string[];
  readonly from: string;
}

const tools: Readonly<Record<Tool, ToolRow>> = {
  kubectl: { names: ["kubectl"], from: "https://kubernetes.io/docs/tasks/tools/" },
  docker: { names: ["docker"], from: "https://docs.docker.com/get-docker/" },
  git: { names: ["git"], from: "https://git-scm.com/downloads" },
  python: { names: ["python3", "python"], from: "https://www.python.org/downloads/" },
  sky: { names: ["sky"], from: "https://docs.skypilot.co/" },
};

/** Every tool that can be set, for settings and documentation. */
export const toolNames: readonly Tool[] = ["kubectl", "docker", "git", "python", "sky"];

/** The terminal's way to set a tool: `PLUGSMITH_KUBECTL=/opt/bin/kubectl`. */
export function executablesFrom(get: (variable: string) => string | undefined): Executables {
  return Object.fromEntries(toolNames.map((tool) => [tool, get(`PLUGSMITH_${tool.toUpperCase()}`)]));
}

export interface Search {
  /** The user's step, for messages. */
  readonly step: string;
  readonly executables?: Executables;
  readonly env?: NodeJS.ProcessEnv;
  /** What a path that isn't absolute is relative to. */
  readonly cwd?: string;
  readonly platform?: NodeJS.Platform;
}

/** The full path of a tool, or of a program that is named by a path. Rejects with a `HostError` of kind "tool". */
export async function findExecutable(command: string, search: Search): Promise<string> {
  const set = isTool(command) ? search.executables?.[command] : undefined;
  if (set !== undefined && set.trim() !== "") return pathOfSetting(command, set.trim(), search);
  if (/[\\/]/.test(command)) return pathAsWritten(command, search);
  const folders = foldersOf(search);
  for (const name of isTool(command) ? tools[command].names : [command]) {
    for (const folder of folders) {
      const found = await programAt(path.join(folder, name), search);
      if (found !== undefined) return found;
    }
  }
  throw notFound(command, folders.length, search.step);
}

async function pathOfSetting(tool: string, set: string, search: Search): Promise<string> {
  const file = fromHome(set);
  const found = path.isAbsolute(file) ? await programAt(file, search) : undefined;
  if (found !== undefined) return found;
  throw new HostError({
    kind: "tool",
    step: search.step,
    message: `"${set}", which is set as ${tool}, is no program that can be run`,
    next: `write its absolute path in ${settingsOf(tool)}, or empty that to use PATH`,
  });
}

async function pathAsWritten(command: string, search: Search): Promise<string> {
  const file = path.resolve(search.cwd ?? process.cwd(), fromHome(command));
  const found = await programAt(file, search);
  if (found !== undefined) return found;
  throw new HostError({
    kind: "tool",
    step: search.step,
    message: `"${command}" is no program that can be run (looked at ${file})`,
    next: "correct its path, or make the file executable",
  });
}

/** Only absolute folders: an empty or relative one would mean the working directory. */
function foldersOf({ env = process.env, platform = process.platform }: Search): readonly string[] {
  const list = (platform === "win32" ? (env.Path ?? env.PATH) : env.PATH) ?? "";
  const folders = list.split(platform === "win32" ? ";" : ":").map((folder) => folder.replace(/^"(.*)"$/, "$1"));
  return [...new Set(folders.filter((folder) => path.isAbsolute(folder)))];
}

/**
 * On Windows a program has an extension of PATHEXT. Of these only real programs count: a `.cmd` or `.bat` can't be run without
 * a shell, which would read our arguments as its own language.
 */
async function programAt(file: string, { env = process.env, platform = process.platform }: Search) {
  if (platform !== "win32") return (await isProgram(file)) ? file : undefined;
  const extensions = (env.PATHEXT ?? ".COM;.EXE").split(";").filter((one) => /^\.(com|exe)$/i.test(one));
  const named = extensions.some((one) => file.toLowerCase().endsWith(one.toLowerCase()));
  for (const candidate of named ? [file] : extensions.flatMap((one) => [`${file}${one.toLowerCase()}`, file + one])) {
    if (await isProgram(candidate)) return candidate;
  }
  return undefined;
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

function notFound(command: string, folders: number, step: string): HostError {
  const names = isTool(command) ? tools[command].names : [command];
  const looked = names.map((name) => `"${name}"`).join(" and ");
  return new HostError({
    kind: "tool",
    step,
    message: `${command} was not found: ${looked} is in none of the ${folders} folders of PATH`,
    next: isTool(command)
      ? `install it (${tools[command].from}), or set its path in ${settingsOf(command)}`
      : "install it, or write its full path",
  });
}

function settingsOf(tool: string): string {
  return `plugsmith.executables.${tool} (in a terminal: PLUGSMITH_${tool.toUpperCase()})`;
}

function isTool(command: string): command is Tool {
  return Object.hasOwn(tools, command);
}
