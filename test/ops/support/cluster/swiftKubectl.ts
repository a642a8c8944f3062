// What kubectl would answer, without starting it each time, for suites that ask thousands of times: commands in pods run right there, and
// what was read is known as long as no object changed. Everything else, and whatever a suite wants to go wrong, is kubectl's own.
import type { ProcessRequest, ProcessResult, Run } from "../../../../client/ops/transports/process.js";
import type { Cluster } from "./index.js";

/** One for a cluster, however many ways of running programs it is put in front of. */
export function swiftKubectl(cluster: Cluster): (run: Run) => Run {
  const known = new Map<string, { readonly version: string; readonly result: ProcessResult }>();
  return (run) => async (request) => {
    if (request.command !== "kubectl" || request.signal.aborted) return run(request);
    const [verb, ...rest] = request.args.filter((word) => !/^--(?:context|namespace)=/.test(word));
    if (verb === "exec") return run(inPlace(cluster, request, rest) ?? request);
    if (verb !== "get") return run(request);
    const key = request.args.join("\0");
    const version = cluster.objects.version();
    const found = known.get(key);
    if (found?.version === version) return found.result;
    const result = await run(request);
    if (cluster.objects.version() === version) known.set(key, { version, result });
    return result;
  };
}

/** `--stdin --container=web POD -- sh -c …`, as the pod itself would start it. */
function inPlace(cluster: Cluster, request: ProcessRequest, words: readonly string[]): ProcessRequest | undefined {
  const at = words.indexOf("--");
  const pod = cluster.pods().find(({ name }) => name === words[at - 1]);
  const started = pod === undefined ? undefined : cluster.startIn(pod, words.slice(at + 1));
  return started === undefined ? undefined : { ...request, ...started };
}
