// The user's docker: builds a plugin's image with the project's root as context, pushes it, and says what became of it. It never runs
// a container.
import { mustRun, type ProcessRequest, type ProcessResult, type Run } from "../../transports/process.js";
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
  const request = { step: "package", command: "docker", args, cwd: root, signal, timeout: longest, ...lines };
  await docker(run, request, "correct the Dockerfile, whose paths count from the project's root, and build again");
  return { id: await idOf(run, first, signal) };
}

/** The id of an image that docker has here. */
export async function idOf(run: Run, image: string, signal: AbortSignal): Promise<string> {
  const args = ["image", "inspect", "--format={{.Id}}", image];
  const { out } = await mustRun(run, { step: "package", command: "docker", args, signal });
  const id = /sha256:[0-9a-f]{64}/.exec(out)?.[0];
  if (id !== undefined) return id;
  const next = "check that plugsmith.executables.docker and PATH lead to docker itself";
  throw new HostError({ kind: "tool", step: "package", message: `docker does not say the id of ${image}`, next });
}

export async function tag(run: Run, image: string, name: string, signal: AbortSignal): Promise<void> {
  await mustRun(run, { step: "upload", command: "docker", args: ["tag", image, name], signal });
}

/** Pushes one tag; answers the digest that the registry gave it. */
export async function push(
  run: Run,
  image: string,
  signal: AbortSignal,
  onLine?: (line: string) => void,
): Promise<string> {
  const lines = onLine === undefined ? {} : { onLine };
  const request = { step: "upload", command: "docker", args: ["push", image], signal, timeout: longest, ...lines };
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

/** Where no engine answers, nothing of the Dockerfile or the registry is to be corrected. */
async function docker(run: Run, request: ProcessRequest, next: string): Promise<ProcessResult> {
  const result = await run(request);
  if (result.code === 0) return result;
  const isAlone = /Cannot connect to the Docker daemon|docker daemon is not running|error during connect/i;
  throw toolFailed(request, result, isAlone.test(result.err) ? startDocker : next);
}

const startDocker = "start docker, or set DOCKER_HOST or the context of an engine that runs";

/** What docker and its engine are; rejects where no engine answers. */
export async function engine(run: Run, signal: AbortSignal): Promise<string> {
  const args = ["version", "--format={{.Client.Version}} {{.Server.Version}}"];
  const request = { step: "doctor", command: "docker", args, signal, timeout: 20_000 };
  const { out } = await mustRun(run, request, startDocker);
  const [client = "", server = ""] = out.trim().split(/\s+/);
  return `docker ${client}, engine ${server}`;
}
