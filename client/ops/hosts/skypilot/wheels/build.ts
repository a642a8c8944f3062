// Builds the wheel of a Python project with the user's own Python: `python -m build --wheel` where that is installed, else
// `pip wheel --no-deps`. Both build in an environment of their own; dependencies are never among what comes out. The project's
// files are copied first, so that a build leaves nothing in the folder and takes nothing from an earlier build; a project whose
// version comes from git is built where it stands.
import { copyFile, mkdir, readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { PlannedFile } from "../../../pack/plan.js";
import { mustRun, type Run } from "../../../transports/process.js";
import { inTemporary } from "../../../transports/temporary.js";
import { HostError } from "../../hostError.js";
import { readWheel, type Wheel } from "./wheel.js";

export interface BuildOptions {
  readonly folder: string;
  /** The project's files, as planned. */
  readonly files: readonly Pick<PlannedFile, "path">[];
  /** The version comes from the repository, which a copy of the files doesn't have. */
  readonly versionFromGit: boolean;
  readonly run: Run;
  readonly signal: AbortSignal;
  readonly onStep?: (text: string) => void;
}

export interface Built extends Wheel {
  /** Where it is while `use` runs. */
  readonly path: string;
}

/** Builds, and hands the wheel to `use`; the temporary folder goes away after that, whatever happens. */
export async function withWheel<Result>(
  options: BuildOptions,
  use: (wheel: Built) => Promise<Result>,
): Promise<Result> {
  return inTemporary({ step: "package", what: "the build" }, async (place) => {
    const source = options.versionFromGit ? options.folder : path.join(place, "source");
    const out = path.join(place, "out");
    if (!options.versionFromGit) await copyProject(options, source);
    await mkdir(out);
    await build(options, { place, source, out });
    return await use(await onlyWheel(out));
  });
}

/** What will be run, for plans. */
export const buildWords =
  "build the wheel: python -m build --wheel, or pip wheel --no-deps where build is not installed";

interface Places {
  readonly place: string;
  readonly source: string;
  readonly out: string;
}

async function build({ run, signal, onStep }: BuildOptions, { place, source, out }: Places): Promise<void> {
  // From an empty folder: a "build" folder of the project would be taken for the module.
  const request = { step: "package", command: "python", cwd: place, signal, env: buildEnv, timeout: 600_000 } as const;
  const find =
    "import importlib.util as u, sys; sys.exit(0 if u.find_spec('build') and u.find_spec('build.__main__') else 3)";
  const hasBuild = (await run({ ...request, args: ["-c", find] })).code === 0;
  const args = hasBuild
    ? ["-m", "build", "--wheel", "--outdir", out, source]
    : ["-m", "pip", "wheel", "--no-deps", "--no-input", "--disable-pip-version-check", "-w", out, source];
  onStep?.(hasBuild ? "building the wheel (python -m build)" : "building the wheel (pip wheel)");
  await mustRun(run, { ...request, args }, "correct what the build complains of, then package again; nothing was sent");
}

/** Fixed times in the archive, so that the same files give the same wheel. */
const buildEnv = { SOURCE_DATE_EPOCH: "315532800", PYTHONDONTWRITEBYTECODE: "1" } as const;

async function copyProject({ folder, files, signal }: BuildOptions, source: string): Promise<void> {
  for (const { path: name } of files) {
    if (signal.aborted) {
      const next = "start it again when you are ready";
      throw new HostError({ kind: "cancelled", step: "package", message: "the packaging was cancelled", next });
    }
    const target = path.join(source, name);
    try {
      await mkdir(path.dirname(target), { recursive: true });
      await copyFile(path.join(folder, name), target);
    } catch (cause) {
      const next = "look at the file and the free space, then package again";
      throw failed(`"${name}" can't be copied for the build`, next, cause);
    }
  }
}

async function onlyWheel(out: string): Promise<Built> {
  const wheels = (await readdir(out)).filter((name) => name.endsWith(".whl"));
  const [file] = wheels;
  if (file === undefined || wheels.length > 1) {
    const what = file === undefined ? "no wheel" : `${wheels.length} wheels`;
    throw failed(`the build made ${what} where one is wanted`, "look at the project's build configuration");
  }
  const at = path.join(out, file);
  return { ...readWheel(file, await readFile(at)), path: at };
}

function failed(message: string, next: string, cause?: unknown): HostError {
  return new HostError({ kind: "tool", step: "package", message, next, ...(cause === undefined ? {} : { cause }) });
}
