// What kubectl would answer, without starting it each time, for suites that ask hundreds of times. The first command of each kind is
// run by kubectl itself, and what it says of objects must be what is said here; so is everything that isn't known here, and every command
// while a fault waits for one.
import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { maskAll } from "../../../../client/ops/hosts/secrets.js";
import type { ProcessRequest, ProcessResult, Run } from "../../../../client/ops/transports/process.js";
import { lastWords } from "../../../../client/ops/transports/toolErrors.js";
import type { Cluster } from "./index.js";
import { type Answered, answerers, type Command, lookingVerbs } from "./swiftAnswers.js";

/** What kubectl has been asked in this process. */
const proven = new Set<string>();
/** What `kubectl version` says, by its options: all these clusters are of one version. */
const versions = new Map<string, ProcessResult>();

/** What kubectl asks the cluster for by these verbs. */
const methods: Readonly<Record<string, readonly string[]>> = {
  get: ["GET"],
  logs: ["GET"],
  auth: ["can-i", "POST"],
  create: ["POST", "GET"],
  replace: ["PUT", "GET"],
  delete: ["DELETE", "GET"],
  exec: ["exec", "GET", "POST"],
};
const allMethods = ["GET", "POST", "PUT", "PATCH", "DELETE", "exec", "can-i"];

export function swiftKubectl(cluster: Cluster): (run: Run) => Run {
  return (run) => async (request) => {
    if (request.command !== "kubectl" || request.signal.aborted) return run(request);
    const command = commandOf(request);
    if (cluster.awaitsFault(methods[command.verb] ?? allMethods)) return run(request);
    if (command.verb === "exec") return executed(cluster, run, request, command);
    const answer = answerers[command.verb];
    const kind = kindOf(command);
    if (command.verb === "version") {
      const result = versions.get(kind) ?? (await run(request));
      if (result.code === 0) versions.set(kind, result);
      return result;
    }
    if (answer === undefined) return run(request);
    if (proven.has(kind)) {
      const answered = await answer(cluster, command, request.signal);
      return answered === undefined ? run(request) : resultOf(request, answered);
    }
    const version = cluster.objects.version();
    const result = await run(request);
    proven.add(kind);
    if (!lookingVerbs.includes(command.verb) || cluster.objects.version() !== version) return result;
    const ours = await answer(cluster, command, request.signal);
    if (ours !== undefined) assert.deepEqual(comparable(ours), comparable(result), `kubectl ${request.args.join(" ")}`);
    return result;
  };
}

/** `--stdin --container=web POD -- sh -c …`, as the pod itself would start it, or what it has in this very process. */
async function executed(cluster: Cluster, run: Run, request: ProcessRequest, { words: [name, ...words] }: Command) {
  const pod = cluster.pods().find((one) => one.name === name);
  const kind = `exec ${(words[0] === "sh" ? words.slice(0, 3) : words.slice(0, 1)).join(" ")}`;
  if (pod === undefined || !proven.has(kind)) {
    const result = await run(request);
    proven.add(kind);
    return result;
  }
  const here = cluster.inProcess?.(pod, words);
  if (here !== undefined) return resultOf(request, { out: await here(await textOf(request.input)) });
  const started = cluster.startIn(pod, words);
  if (started === undefined) return run(request);
  const { err, ...result } = await run({ ...request, ...started });
  if (result.code === 0) return { ...result, err };
  return { ...result, err: `${err.replaceAll(pod.root, "")}command terminated with exit code ${result.code}\n` };
}

async function textOf(input: ProcessRequest["input"]): Promise<string> {
  if (!(input instanceof Readable)) return Buffer.from(input ?? "").toString("utf8");
  const chunks: Buffer[] = [];
  for await (const chunk of input) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}

function commandOf({ args, input }: ProcessRequest): Command {
  const end = args.includes("--") ? args.indexOf("--") : args.length;
  const isOption = (word: string) => word.startsWith("-") && word.length > 1;
  const options = new Map(
    args
      .slice(0, end)
      .filter(isOption)
      .map((word) => {
        const [, name = "", value = ""] = /^--?([\w-]+)=?(.*)$/s.exec(word) ?? [];
        return [name, value];
      }),
  );
  const [verb = "", ...words] = args.slice(0, end).filter((word) => !isOption(word));
  const text = input === undefined || input instanceof Readable ? undefined : Buffer.from(input).toString("utf8");
  return { verb, words: [...words, ...args.slice(end + 1)], options, ...(text === undefined ? {} : { text }) };
}

/** Commands that differ in names alone are of one kind. */
function kindOf({ verb, words, options }: Command): string {
  const [first = "", ...rest] = verb === "logs" ? ["", ...words] : words;
  const names = [...options.keys()].filter((name) => name !== "context" && name !== "namespace").sort();
  const output = options.get("output") ?? "";
  return [verb, first.replace(/\/.*/, "/NAME"), ...rest.map(() => "NAME"), ...names, output].join(" ");
}

function resultOf(request: ProcessRequest, { code = 0, out = "", err = "" }: Answered): ProcessResult {
  const { secrets = [], onLine, onData } = request;
  for (const stream of ["out", "err"] as const) {
    const lines = (stream === "out" ? out : err).split("\n");
    if (lines.at(-1) === "") lines.pop();
    for (const line of lines) onLine?.(maskAll(line, secrets), stream);
  }
  onData?.(Buffer.from(out));
  const words = code === 0 ? {} : { words: lastWords(maskAll(err === "" ? out : err, secrets)) };
  return { code, out: onData === undefined ? out : "", err: maskAll(err, secrets), ...words };
}

/** The objects rather than the way they are written. */
function comparable({ code = 0, out = "" }: Answered) {
  return { code, out: /^\s*\{/.test(out) ? JSON.parse(out) : out };
}
