// kubectl with the context and namespace of one host: arguments in, output or a HostError out. The kubeconfig and its credentials
// are the user's; none of it is read here.
import type { Readable } from "node:stream";
import { mustRun, type ProcessResult, type Run } from "../process.js";
import { kubectlError } from "./kubectlError.js";

/** Where a host runs in a cluster. What is absent is the kubeconfig's own. */
export interface ClusterPlace {
  readonly context?: string;
  readonly namespace?: string;
}

export interface Call {
  readonly step: string;
  readonly args: readonly string[];
  readonly signal: AbortSignal;
  readonly input?: Uint8Array | Readable;
  /** Milliseconds; half a minute unless told. */
  readonly timeout?: number;
  readonly maxBytes?: number;
  readonly onLine?: (line: string, stream: "out" | "err") => void;
  readonly onData?: (chunk: Uint8Array) => void;
  /** Exit codes beside 0 that are answers. */
  readonly answers?: readonly number[];
}

export type Kubectl = (call: Call) => Promise<ProcessResult>;

const halfAMinute = 30_000;

export function kubectlAt(run: Run, place: ClusterPlace): Kubectl {
  return async ({ args, answers = [], timeout = halfAMinute, ...call }) => {
    const request = { ...call, timeout, command: "kubectl", args: [...placeArgs(place), ...args] };
    const result = await run(request);
    if (result.code === 0 || answers.includes(result.code)) return result;
    throw kubectlError(request, result, place);
  };
}

/** Written with "=", so that no value is ever taken for an option. */
export function placeArgs({ context, namespace }: ClusterPlace): readonly string[] {
  return [
    ...(context === undefined ? [] : [`--context=${context}`]),
    ...(namespace === undefined ? [] : [`--namespace=${namespace}`]),
  ];
}

/** For messages: `namespace "zomme" of context "prod"`. */
export function placeWords({ context, namespace }: ClusterPlace): string {
  const where = context === undefined ? "the current context" : `context "${context}"`;
  return namespace === undefined ? where : `namespace "${namespace}" of ${where}`;
}

/** What can be run without any cluster: `kubectl kustomize`. */
export async function kubectlAlone(run: Run, call: Omit<Call, "answers">): Promise<ProcessResult> {
  return mustRun(run, { timeout: halfAMinute, ...call, command: "kubectl" });
}
