// The logs of all replicas as lines, and what their loader says of plugins that are installed and don't run.
import type { LogLine, LogOptions, PluginSummary } from "../../host.js";
import { errorText, HostError } from "../../hostError.js";
import { type LogFact, lastFacts, readLog } from "../logLines.js";
import type { PodsHost } from "./podsHost.js";

/** Lines about one plugin: by its name, with what a long entry goes on with. */
export async function* podLogs(
  host: PodsHost,
  plugin: string | undefined,
  { follow, tail }: LogOptions,
  signal: AbortSignal,
): AsyncGenerator<LogLine, void> {
  const related = plugin === undefined ? () => true : aboutPlugin(plugin);
  const options = { follow, signal, ...(tail === undefined ? {} : { tail }) };
  for await (const line of host.cluster.logs(options)) {
    if ("error" in line)
      yield { text: `the log of pod ${line.pod} can't be read: ${errorText(line.error)}`, source: line.pod };
    else if (related(line.pod, line.line)) yield { text: line.line, source: line.pod };
  }
}

function aboutPlugin(plugin: string): (pod: string, line: string) => boolean {
  const goesOn = new Map<string, boolean>();
  return (pod, line) => {
    const isNew = /^(\{|\d\d:\d\d:\d\d\.\d{3}\s)/.test(line);
    const wanted = isNew ? line.includes(plugin) : goesOn.get(pod) === true;
    goesOn.set(pod, wanted);
    return wanted;
  };
}

const tail = 2000;
const patience = 15_000;

/** Plugins that wait without a known reason get the one that the log tells; where it can't be read, they stay as they are. */
export async function explainedByLogs(
  host: PodsHost,
  plugins: readonly PluginSummary[],
  signal: AbortSignal,
): Promise<readonly PluginSummary[]> {
  if (!plugins.some(unexplained)) return plugins;
  const facts = await factsOf(host, AbortSignal.any([signal, AbortSignal.timeout(patience)]));
  return plugins.map((plugin) => {
    const fact = unexplained(plugin) ? facts.get(plugin.name) : undefined;
    return fact === undefined ? plugin : explained(plugin, fact);
  });
}

function unexplained({ state, reason }: PluginSummary): boolean {
  return state === "installed" && reason === undefined;
}

async function factsOf(host: PodsHost, signal: AbortSignal): Promise<ReadonlyMap<string, LogFact>> {
  const lines = new Map<string, string[]>();
  try {
    for await (const line of host.cluster.logs({ tail, signal })) {
      if ("error" in line) continue;
      const own = lines.get(line.pod) ?? [];
      own.push(line.line);
      lines.set(line.pod, own);
    }
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
  }
  return new Map([...lines.values()].flatMap((own) => [...lastFacts(readLog(own))]));
}

function explained(plugin: PluginSummary, { outcome, reason }: LogFact): PluginSummary {
  if (outcome === "disabled") return { ...plugin, state: "disabled", note: 'its manifest says "enabled: false"' };
  if (outcome === "loaded" || reason === undefined) return plugin;
  const message = `the host's log says: ${reason}`;
  return { ...plugin, state: "failed", note: message, reason: { code: codes[outcome], message } };
}

const codes: Readonly<Record<LogFact["outcome"], string>> = {
  loaded: "buntime/loaded",
  failed: "buntime/start-failed",
  excluded: "buntime/dependency-missing",
  duplicate: "buntime/other-copy",
  disabled: "buntime/disabled",
};
