// Restarts what runs a host's pods, and waits until the new ones are ready. A rollout that does not get through is told with the
// reason of the pods that hold it up.
import { HostError, withHostNow } from "../../hosts/hostError.js";
import { listAt, printedJson, textAt } from "./json.js";
import type { Kubectl } from "./kubectl.js";
import type { Pod } from "./pods.js";

/** `deployment/web`, `statefulset/buntime`. */
export type Workload = string;

/** What the pods belong to, through the ReplicaSets of Deployments. Pods that nobody would start again are left out. */
export async function workloadsOf(
  kubectl: Kubectl,
  pods: readonly Pod[],
  signal: AbortSignal,
): Promise<readonly Workload[]> {
  const owners = new Map(
    pods.flatMap(({ owner }) => (owner === undefined ? [] : [[`${owner.kind}/${owner.name}`, owner]])),
  );
  const found = new Set<Workload>();
  for (const { kind, name } of owners.values()) {
    if (kind !== "ReplicaSet") {
      found.add(`${kind.toLowerCase()}/${name}`);
      continue;
    }
    const args = ["get", "replicaset", name, "--output=json", "--request-timeout=20s"];
    const { out } = await kubectl({ step: "reload", args, signal });
    const [above] = listAt(printedJson("reload", out), "metadata", "ownerReferences");
    const [aboveKind, aboveName] = [textAt(above, "kind"), textAt(above, "name")];
    if (aboveKind !== undefined && aboveName !== undefined) found.add(`${aboveKind.toLowerCase()}/${aboveName}`);
  }
  return [...found].filter((one) => /^(deployment|statefulset|daemonset)\//.test(one)).sort();
}

export async function restart(kubectl: Kubectl, workload: Workload, signal: AbortSignal): Promise<void> {
  await kubectl({ step: "reload", args: ["rollout", "restart", workload], signal });
}

export interface RolloutOptions {
  /** Seconds. */
  readonly timeout: number;
  readonly signal: AbortSignal;
  readonly onLine?: (line: string) => void;
  /** The pods as they are when it did not get through. */
  readonly pods: (signal: AbortSignal) => Promise<readonly Pod[]>;
}

/** Resolves when every replica is new and ready. */
export async function rolledOut(kubectl: Kubectl, workload: Workload, options: RolloutOptions): Promise<void> {
  const { timeout, signal, onLine, pods } = options;
  const ask = () =>
    kubectl({
      step: "reload",
      args: ["rollout", "status", workload, `--timeout=${Math.ceil(timeout)}s`],
      timeout: (timeout + 15) * 1000,
      signal,
      ...(onLine === undefined ? {} : { onLine: (line: string) => onLine(line) }),
    });
  try {
    await ask().catch((error: unknown) => {
      // Asking changes nothing, so that a lost answer is asked for again.
      if (!(error instanceof HostError) || !error.answerLost || error.kind === "cancelled" || isLate(error))
        throw error;
      return ask();
    });
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    if (error.kind === "cancelled") throw withHostNow(error, `${workload} goes on with its rollout`);
    if (isLate(error)) throw await stuck(error, workload, timeout, pods);
    if (!error.answerLost) throw error;
    throw withHostNow(
      error,
      `${workload} is ready, or goes on with its rollout: see kubectl rollout status ${workload}`,
    );
  }
}

/** It did not get through in time, by kubectl's word or by ours. */
function isLate({ timedOut, said = "" }: HostError): boolean {
  return timedOut || /timed out waiting|exceeded its progress deadline/i.test(said);
}

async function stuck(
  error: HostError,
  workload: Workload,
  timeout: number,
  pods: RolloutOptions["pods"],
): Promise<HostError> {
  const now = await pods(AbortSignal.timeout(20_000)).catch(() => []);
  const waiting = now.flatMap(({ name, trouble }) => (trouble === undefined ? [] : [`${name}: ${trouble}`]));
  const said = waiting.join("; ") || error.said;
  return new HostError({
    kind: "refused",
    step: "reload",
    timedOut: true,
    message: `${workload} was not ready within ${timeout} s`,
    hostNow: "the former replicas run on as far as the rollout left them",
    next: `look at the log of the pods that are not ready, or go back with kubectl rollout undo ${workload}`,
    cause: error,
    ...(said === undefined ? {} : { said }),
  });
}
