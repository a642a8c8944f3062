// `fetch` from inside a pod, for the management API of that one replica: a reload reaches only the process that answers it.

import { parsedJson } from "../../../parsedJson.js";
import type { ClusterHost, Pod } from "../../../transports/kubernetes/index.js";
import { isRecord } from "../../../values.js";
import { HostError } from "../../hostError.js";
import { askArgs, askScript, noBun } from "./program.js";

/** The caller's signal ends it earlier. */
const patience = 10 * 60_000;

export function podFetch(cluster: ClusterHost, pod: Pod, step: string): typeof fetch {
  /** What came along with the discovery: each is used once, so that nothing is taken for newer than it is. */
  const along = new Map<string, PodAnswer>();
  return async (input, init) => {
    const request = new Request(input, init);
    const { pathname, search } = new URL(request.url);
    const path = pathname + search;
    const known = request.method === "GET" ? along.get(path) : undefined;
    along.delete(path);
    if (known !== undefined) return responseOf(known, step, pod);
    // What is read after a change must be read after it.
    if (request.method !== "GET") along.clear();
    const question = { method: request.method, path, headers: Object.fromEntries(request.headers) };
    const { code, out, err } = await cluster.ask(pod, {
      step,
      script: askScript,
      args: askArgs,
      input: JSON.stringify(question),
      timeout: patience,
      answers: [noBun],
      signal: init?.signal ?? AbortSignal.timeout(patience),
    });
    if (code === noBun) throw withoutBun(step, pod);
    const value = parsedJson(lastLine(out));
    const answer = readAnswer(value);
    if (answer === undefined) throw unread(step, pod, err || out);
    for (const [at, one] of alongIn(value)) along.set(at, one);
    return responseOf(answer, step, pod);
  };
}

type PodAnswer =
  | { readonly status: number; readonly headers: [string, string][]; readonly body: string }
  | { readonly failed: string };

function responseOf(answer: PodAnswer, step: string, pod: Pod): Response {
  if ("failed" in answer) throw silent(step, pod, answer.failed);
  const empty = [204, 205, 304].includes(answer.status);
  return new Response(empty ? null : Buffer.from(answer.body, "base64"), answer);
}

const lastLine = (out: string): string => out.trim().split("\n").at(-1) ?? "";

function readAnswer(value: unknown): PodAnswer | undefined {
  if (!isRecord(value)) return undefined;
  const { status, headers, body, failed } = value;
  if (typeof failed === "string") return { failed };
  if (typeof status !== "number" || typeof body !== "string" || !Array.isArray(headers)) return undefined;
  const pairs = headers.flatMap((pair: unknown): [string, string][] =>
    Array.isArray(pair) && typeof pair[0] === "string" && typeof pair[1] === "string" ? [[pair[0], pair[1]]] : [],
  );
  return { status, headers: pairs, body };
}

function alongIn(value: unknown): readonly (readonly [string, PodAnswer])[] {
  if (!isRecord(value) || !Array.isArray(value.also)) return [];
  return value.also.flatMap((pair: unknown) => {
    if (!Array.isArray(pair) || typeof pair[0] !== "string") return [];
    const answer = readAnswer(pair[1]);
    return answer === undefined ? [] : [[pair[0], answer] as const];
  });
}

function withoutBun(step: string, pod: Pod): HostError {
  return new HostError({
    kind: "unsupported",
    step,
    message: `the container "${pod.container}" of pod ${pod.name} has no bun, which the management API is asked by`,
    next: "name Buntime's own container under the host's \"kubernetes\"",
  });
}

function silent(step: string, pod: Pod, why: string): HostError {
  return new HostError({
    kind: "unreachable",
    step,
    message: `Buntime in pod ${pod.name} does not answer (${why})`,
    next: "look at the pod's log; it may still be starting, or a plugin keeps it from starting",
  });
}

function unread(step: string, pod: Pod, said: string): HostError {
  return new HostError({
    kind: "tool",
    step,
    message: `the management API could not be asked in pod ${pod.name}`,
    said: said.trim().slice(0, 200),
    next: "look at what bun said there, then try again",
  });
}
