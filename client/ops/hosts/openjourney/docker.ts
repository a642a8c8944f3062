// The user's docker: builds a plugin's image with the project's root as context, pushes it, and says what became of it. It never runs
// a container.
import type { ProcessRequest, ProcessResult, Run } from "../../transports/process.js";
import { toolFailed } from "../../transports/toolErrors.js";
import { HostError } from "../hostError.js";

export interface Built {
  /** `sha256:…` */
  readonly id: string;
}

export interface BuildOptions {
  readonly root: string;
  readonly dockerfile: string;
  readonly tags: readonly string[];
  readonly signal: AbortSignal;
  readonly onLine?: (line: string) => void;
}

const longest = 60 * 60_000;

export async function build(run: Run, { root, dockerfile, tags, signal, onLine }: BuildOptions): Promise<Built> {
  const [first = ""] = tags;
  const args = ["build", `--file=${dockerfile}`, ...tags.map((tag) => `--tag=${tag}`), "."];
  const lines = onLine === undefined ? {} : { onLine };
  const request = { step: "package", args, cwd: root, signal, timeout: longest, ...lines };
  await docker(run, request, "correct the Dockerfile, whose paths count from the project's root, and build again");
  return { id: await idOf(run, first, signal) };
}

/** The id of an image that docker has here. */
async function idOf(run: Run, image: string, signal: AbortSignal): Promise<string> {
  const args = ["image", "inspect", "--format={{.Id}}", image];
  const { out } = await docker(run, { step: "package", args, signal });
  const id = /sha256:[0-9a-f]{64}/.exec(out)?.[0];
  if (id !== undefined) return id;
  const next = "check that plugsmith.executables.docker and PATH lead to docker itself";
  throw new HostError({ kind: "tool", step: "package", message: `docker does not say the id of ${image}`, next });
}

export async function tag(run: Run, image: string, name: string, signal: AbortSignal): Promise<void> {
  await docker(run, { step: "upload", args: ["tag", image, name], signal });
}

/** Pushes one tag; answers the digest that the registry gave it. */
export async function push(run: Run, image: string, signal: AbortSignal): Promise<string> {
  const request = { step: "upload", args: ["push", image], signal, timeout: longest };
  const next = "sign in to the registry with docker login, or correct the host's registry; nothing was applied";
  const { out } = await docker(run, request, next);
  const digest = /digest: (sha256:[0-9a-f]{64})/.exec(out)?.[1];
  if (digest !== undefined) return digest;
  throw new HostError({
    kind: "tool",
    step: "upload",
    message: `docker pushed ${image} and did not say by which digest`,
    next: "update docker, or apply the manifests by hand",
  });
}

/** What docker and its engine are; rejects where no engine answers. */
export async function engine(run: Run, signal: AbortSignal): Promise<string> {
  const args = ["version", "--format={{.Client.Version}} {{.Server.Version}}"];
  const { out } = await docker(run, { step: "doctor", args, signal, timeout: 20_000 }, start);
  const [client = "", server = ""] = out.trim().split(/\s+/);
  return `docker ${client}, engine ${server}`;
}

const start = "start docker, or set DOCKER_HOST or the context of an engine that runs";

/** The words of docker's own, of its replacements, and of an engine that this user may not use. */
const silent =
  /cannot connect to the docker daemon|is the docker daemon running|error during connect|docker daemon is not running|failed to connect to the docker api|cannot connect to podman/i;
const closed = /permission denied while trying to connect/i;

/** A docker whose engine does not answer has nothing against what it was asked for. */
async function docker(run: Run, asked: Omit<ProcessRequest, "command">, next?: string): Promise<ProcessResult> {
  const request = { ...asked, command: "docker" };
  const result = await run(request);
  if (result.code === 0) return result;
  const failed = toolFailed(request, result, next);
  if (silent.test(result.err)) throw withoutEngine(failed, "the docker engine does not answer", start);
  if (closed.test(result.err)) {
    const join = "join the group docker, as docker's installation tells, or use an engine of your own";
    throw withoutEngine(failed, "you may not use the docker engine", join);
  }
  throw failed;
}

function withoutEngine({ step, said }: HostError, message: string, next: string): HostError {
  return new HostError({ kind: "tool", step, message, next, ...(said === undefined ? {} : { said }) });
}
