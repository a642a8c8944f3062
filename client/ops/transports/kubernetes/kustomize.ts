// A kustomization and a cluster: rendered, compared, applied, deleted. What kubectl prints is read as far as it names objects.
import path from "node:path";
import { HostError } from "../../hosts/hostError.js";
import type { Run } from "../process.js";
import { type ClusterPlace, type Kubectl, kubectlAlone, kubectlAt } from "./kubectl.js";
import { kubectlError } from "./kubectlError.js";

export interface Kustomized {
  /** `deployment.apps/web`. */
  readonly object: string;
  /** `created`, `configured`, `unchanged`, `deleted`. */
  readonly change: string;
}

export interface Kustomize {
  /** The objects as one YAML text. Needs no cluster. */
  render(folder: string, signal: AbortSignal): Promise<string>;
  /** What applying would change, as a unified diff; empty when nothing. Changes nothing. */
  diff(folder: string, signal: AbortSignal): Promise<string>;
  apply(folder: string, signal: AbortSignal, onLine?: (line: string) => void): Promise<readonly Kustomized[]>;
  /** Also of what is not there any more. */
  delete(folder: string, signal: AbortSignal, onLine?: (line: string) => void): Promise<readonly Kustomized[]>;
}

const fiveMinutes = 300_000;

export function kustomizeAt(run: Run, place: ClusterPlace): Kustomize {
  const kubectl = kubectlAt(run, place);
  const change = async (
    step: string,
    args: readonly string[],
    signal: AbortSignal,
    onLine?: (line: string) => void,
  ) => {
    const lines = onLine === undefined ? {} : { onLine };
    const { out } = await kubectl({ step, args, signal, timeout: fiveMinutes, ...lines });
    return changesIn(out);
  };
  return {
    render: async (folder, signal) => {
      const args = ["kustomize", path.resolve(folder)];
      return (await kubectlAlone(run, { step: "preview", args, signal })).out;
    },
    diff: (folder, signal) => diffOf(kubectl, folder, place, signal),
    apply: (folder, signal, onLine) =>
      change("upload", ["apply", `--kustomize=${path.resolve(folder)}`], signal, onLine),
    delete: (folder, signal, onLine) =>
      change("remove", ["delete", `--kustomize=${path.resolve(folder)}`, "--ignore-not-found"], signal, onLine),
  };
}

/** Exit code 1 stands for differences, and in some versions for failures as well, which print no difference. */
async function diffOf(kubectl: Kubectl, folder: string, place: ClusterPlace, signal: AbortSignal): Promise<string> {
  const args = ["diff", `--kustomize=${path.resolve(folder)}`];
  const result = await kubectl({ step: "check", args, signal, timeout: fiveMinutes, answers: [1] });
  if (result.code === 0 || result.out.trim() !== "") return result.out;
  if (/executable file not found|exec: "diff"/.test(result.err)) {
    const next = "install diff, or set KUBECTL_EXTERNAL_DIFF to a program that compares two folders";
    throw new HostError({ kind: "tool", step: "check", message: "kubectl diff needs the program diff", next });
  }
  throw kubectlError({ step: "check", command: "kubectl", args, signal }, result, place);
}

function changesIn(out: string): readonly Kustomized[] {
  return out.split("\n").flatMap((line) => {
    const [, kind, name, quoted, change] = /^([^\s/]+)(?:\/(\S+)| "([^"]+)") ([\w-]+)/.exec(line) ?? [];
    return kind === undefined || change === undefined ? [] : [{ object: `${kind}/${name ?? quoted}`, change }];
  });
}
