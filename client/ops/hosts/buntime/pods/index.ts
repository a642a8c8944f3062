// A Buntime in the pods of a cluster: files are copied into every volume, every replica is told to reload and read back, and one that
// fails does not hide the others. Works with hosts whose own upload is broken, too.
import { filesOfArchive } from "../../../transports/files.js";
import { mustHaveAll, onePerVolume, outcomeOf, type Pod } from "../../../transports/kubernetes/index.js";
import { inParallel } from "../../../transports/parallel.js";
import type { HostConfig, HostIo, KubernetesTarget, PluginHost } from "../../host.js";
import { HostError } from "../../hostError.js";
import { describeConnection } from "../api.js";
import { refuseHarmful, reload, setEnabled } from "../change.js";
import { checkAgainst } from "../check.js";
import { allFiles, fingerprintOf } from "../files.js";
import { foreseen } from "../foresee.js";
import { harmOf } from "../harm.js";
import { withReasons } from "../idle.js";
import { type Inventory, inventory } from "../list.js";
import { buntimeShipment } from "../shipment.js";
import { verdictOn } from "../verify.js";
import { doctor } from "./doctor.js";
import { explainedByLogs, podLogs } from "./logs.js";
import { filesIn, nothingRuns, type PodsHost, podsOf } from "./podsHost.js";
import { takeOut } from "./remove.js";
import { joinedPlugins, joinedReload, type PodReload } from "./replicas.js";

export function connectPods(config: HostConfig, kubernetes: KubernetesTarget, io: HostIo): PluginHost {
  const host = podsOf(config, kubernetes, io);
  const { cluster } = host;
  const first = async (step: string, signal: AbortSignal) => {
    const [pod] = await host.running(step, signal);
    if (pod === undefined) throw nothingRuns(config, step);
    return pod;
  };
  const each = async <T>(step: string, signal: AbortSignal, work: (pod: Pod, now: Inventory) => Promise<T>) =>
    inParallel(await host.running(step, signal), 4, async (pod) =>
      work(pod, await inventory(await host.session(pod, step, signal), step, signal)),
    );
  return {
    config,
    describe: async (signal) => {
      const pods = await host.running("connection", signal);
      const told = await describeConnection(
        await host.session(await first("connection", signal), "connection", signal),
        signal,
      );
      return { ...told, title: `${told.title} in ${pods.length === 1 ? "1 pod" : `${pods.length} pods`}` };
    },
    list: async (signal) => {
      const lists = await each("list", signal, async (pod, now) => {
        const { plugins } = await withReasons(now, (name) => filesIn(host, pod, now, name), signal);
        return { pod: pod.name, plugins };
      });
      return explainedByLogs(host, joinedPlugins(lists), signal);
    },
    check: async (shipment, signal) => {
      const pod = await first("check", signal);
      const now = await inventory(await host.session(pod, "check", signal), "check", signal);
      return checkAgainst(buntimeShipment(shipment), now, "copying");
    },
    upload: async (shipment, signal) => {
      const ours = buntimeShipment(shipment);
      refuseHarmful(ours);
      const results = await cluster.copy(ours.name, await filesOfArchive(ours.path), { signal });
      mustHaveAll("upload", results);
      const { name, version } = ours;
      const at = `${host.directory}/${name}`;
      return { name, at, replicas: results.map(outcomeOf), ...(version === undefined ? {} : { version }) };
    },
    reload: (signal) => reloadEach(host, signal),
    verify: async (shipment, reloaded, signal) => {
      const ours = buntimeShipment(shipment);
      const left = reloaded?.replicas?.find(({ ok }) => !ok);
      const verdicts = await each("verification", signal, async (pod, now) => ({
        pod,
        verdict: verdictOn(ours, reloaded, now),
      }));
      const bad = verdicts.find(({ verdict }) => verdict.state === "notLoaded");
      if (bad?.verdict.state === "notLoaded")
        return { ...bad.verdict, reason: `in pod ${bad.pod.name}: ${bad.verdict.reason}` };
      if (left !== undefined) {
        const reason = `pod ${left.replica} was not reloaded and may run what it ran before: ${left.message}`;
        return { state: "notLoaded", code: "buntime/replica-not-reloaded", reason, next: "reload the host again" };
      }
      const [good] = verdicts;
      if (good === undefined) throw nothingRuns(config, "verification");
      return good.verdict;
    },
    harmOf,
    remove: async (name, signal) => {
      const removed = await takeOut(host, await first("removal", signal), name, signal);
      const reloaded = await reloadEach(host, signal);
      const still = await each("removal", signal, async (pod, { loaded }) =>
        loaded.some((one) => one.name === name) ? [pod.name] : [],
      );
      const where = still.flat();
      const replicas = [...removed.replicas, ...(reloaded.replicas ?? [])];
      if (where.length === 0) return { name, key: removed.folder, gone: true, replicas };
      const note = `"${name}" still runs in ${where.join(", ")}: there is another copy of it`;
      return { name, key: removed.folder, gone: false, note, replicas };
    },
    setEnabled: async (name, enabled, signal) => {
      const step = enabled ? "enabling" : "disabling";
      const pods = await host.running(step, signal);
      const writers = onePerVolume(pods);
      for (const pod of writers) await setEnabled(await host.session(pod, step, signal), name, enabled, signal);
      const others = pods.filter((pod) => !writers.includes(pod));
      await inParallel(others, 4, async (pod) => reload(await host.session(pod, step, signal), signal));
    },
    foresee: async (intent, signal) => {
      const pods = await host.running("plan", signal);
      const now = await inventory(await host.session(await first("plan", signal), "plan", signal), "plan", signal);
      const files = onePerVolume(pods).map(({ name, volume }) => `pod ${name}, ${volume.title}`);
      return foreseen(intent, now, { files, reload: pods.map(({ name }) => `pod ${name}`) });
    },
    fingerprint: async (plugin, signal) => {
      const prints = await eachVolume(host, "comparison", signal, async (pod, now) => {
        const files = filesIn(host, pod, now, plugin);
        return files === undefined ? undefined : fingerprintOf(files, signal);
      });
      const [one] = prints;
      const contents = new Set(prints.map((print) => print?.contents));
      if (one === undefined || contents.size === 1) return one;
      // Replicas that differ have, together, nothing that anybody sent.
      return { contents: [...contents].sort().join(" ") };
    },
    files: async (plugin, signal) => {
      const pod = await first("comparison", signal);
      const now = await inventory(await host.session(pod, "comparison", signal), "comparison", signal);
      const files = filesIn(host, pod, now, plugin);
      return files === undefined ? undefined : allFiles(files, signal);
    },
    doctor: (signal) => doctor(host, signal),
    logs: (plugin, options, signal) => podLogs(host, plugin, options, signal),
    address: ({ base, hasPage }) =>
      config.url === undefined || base === undefined || hasPage === false
        ? undefined
        : `${config.url}${base === "/" ? "" : base}/`,
  };
}

async function reloadEach(host: PodsHost, signal: AbortSignal) {
  const started = Date.now();
  const pods = await host.running("reload", signal);
  const reloads = await inParallel(pods, 4, async (pod): Promise<PodReload> => {
    try {
      return { pod: pod.name, reloaded: await reload(await host.session(pod, "reload", signal), signal) };
    } catch (error) {
      if (error instanceof HostError) return { pod: pod.name, error };
      throw error;
    }
  });
  return joinedReload(reloads, Date.now() - started);
}

async function eachVolume<T>(
  host: PodsHost,
  step: string,
  signal: AbortSignal,
  work: (pod: Pod, now: Inventory) => Promise<T>,
): Promise<readonly T[]> {
  return inParallel(onePerVolume(await host.running(step, signal)), 4, async (pod) =>
    work(pod, await inventory(await host.session(pod, step, signal), step, signal)),
  );
}
