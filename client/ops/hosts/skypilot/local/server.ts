// A SkyPilot API server on this machine: where its files are, which Python runs it, and how it is asked and started.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { findExecutable } from "../../../transports/executables.js";
import { fromHome } from "../../../transports/home.js";
import { mustRun, type Run, runOf } from "../../../transports/process.js";
import type { HostConfig, HostIo } from "../../host.js";
import { HostError } from "../../hostError.js";
import { ownText } from "../../hostFields.js";
import { type Api, openApi } from "../api.js";
import { pluginsName, remoteName } from "../files/project.js";
import { type Answer, probe, type Question } from "../python/probe.js";
import { pluginsVariable, remoteVariable } from "../variables.js";

export interface LocalServer {
  readonly config: HostConfig;
  readonly io: HostIo;
  /** The server's own folder, mostly `~/.sky`. */
  readonly directory: string;
  readonly pluginsFile: string;
  readonly remoteFile: string;
  /** What the server has to be started with so that it reads these files. */
  readonly environment: Readonly<Record<string, string>>;
  readonly run: Run;
  python(step: string): Promise<string>;
  ask(step: string, question: Question, signal: AbortSignal): Promise<Answer>;
  api(step: string): Promise<Api>;
}

export function localServer(config: HostConfig, io: HostIo): LocalServer {
  const standard = fromHome("~/.sky");
  const directory = config.directory === undefined ? standard : path.resolve(fromHome(config.directory));
  const run = runOf(io);
  const python = (step: string) => pythonOf(config, io, step);
  return {
    config,
    io,
    directory,
    ...filesOf(directory, directory === standard, io.env ?? process.env),
    run,
    python,
    ask: async (step, question, signal) => {
      const command = await python(step);
      const cwd = path.parse(directory).root;
      const next = "look whether the host's python setting names the Python that runs the API server";
      const request = { step, command, cwd, timeout: 120_000 };
      const runPython = async (script: string, args: readonly string[], stop: AbortSignal) =>
        (await mustRun(run, { ...request, args, input: Buffer.from(script), signal: stop }, next)).out;
      return probe(runPython, question, signal);
    },
    api: (step) => openApi(config, io, step),
  };
}

/** In a folder of its own the server has to be told; in its usual one, variables that are set already decide. */
function filesOf(directory: string, isStandard: boolean, env: NodeJS.ProcessEnv) {
  const pluginsFile = path.join(directory, pluginsName);
  const remoteFile = path.join(directory, remoteName);
  if (!isStandard) {
    return { pluginsFile, remoteFile, environment: { [pluginsVariable]: pluginsFile, [remoteVariable]: remoteFile } };
  }
  const set = (variable: string, usual: string) => {
    const value = env[variable];
    return value === undefined || value === "" ? usual : path.resolve(fromHome(value));
  };
  return {
    pluginsFile: set(pluginsVariable, pluginsFile),
    remoteFile: set(remoteVariable, remoteFile),
    environment: {},
  };
}

/** The row's, else the one that the program `sky` runs with. */
async function pythonOf(config: HostConfig, { executables }: HostIo, step: string): Promise<string> {
  const own = ownText(config, "python");
  if (own !== undefined) return own;
  const search = { step, ...(executables === undefined ? {} : { executables }) };
  const sky = await findExecutable("sky", search).catch((error: unknown) => {
    if (error instanceof HostError) return undefined;
    throw error;
  });
  const interpreter = sky === undefined ? undefined : interpreterIn(await readFile(sky, "utf8").catch(() => ""));
  if (interpreter !== undefined) return interpreter;
  const why = sky === undefined ? "the program sky is not on PATH" : `${sky} does not name it`;
  throw new HostError({
    kind: "tool",
    step,
    message: `it is not known which Python runs the API server of "${config.name}": ${why}`,
    next: 'write its path as "python" into the host\'s settings, or set plugsmith.executables.sky',
  });
}

/** Of a script that an installer wrote: its first line, or the `exec` in its second where the path was too long for that. */
export function interpreterIn(script: string): string | undefined {
  const [first = "", second = ""] = script.slice(0, 4000).split("\n", 2);
  const direct = /^#!\s*(\/\S*python[\d.]*)\s*$/.exec(first)?.[1];
  const long = /^'''exec' "?(\/[^"]*?python[\d.]*)"? /.exec(second)?.[1];
  return direct ?? (first.startsWith("#!") ? long : undefined);
}
