// The logs of a host in a cluster: of all replicas at once, filtered, followed and stopped.
import assert from "node:assert/strict";
import { openCluster } from "../../../client/ops/transports/kubernetes/index.js";
import type { LogLine } from "../../../client/ops/transports/kubernetes/logs.js";
import { type Cluster, skipWithoutKubectl, startCluster } from "../support/cluster/index.js";
import { hostError } from "../support/errors.js";
import { until } from "../support/waiting.js";

const target = { context: "test", selector: "app=buntime", container: "buntime", directory: "/data/plugins" };

describe("logs of a host in a cluster", function () {
  this.timeout(30_000);
  let cluster: Cluster;
  before(function () {
    return skipWithoutKubectl(this);
  });
  beforeEach(async () => {
    cluster = await startCluster();
  });
  afterEach(() => cluster?.stop());

  it("are those of all replicas, the wanted lines and no others", async () => {
    cluster.say("buntime-0", "Loaded: hello");
    cluster.say("buntime-1", "Failed to load plugin hello");
    cluster.say("buntime-1", "something else");
    const signal = new AbortController().signal;
    const wanted = (line: string) => line.includes("hello");
    const lines = await all(host().logs({ signal, wanted }));
    assert.deepEqual(lines.sort(), ["buntime-0 Loaded: hello", "buntime-1 Failed to load plugin hello"]);
    assert.deepEqual((await all(host().logs({ signal, tail: 1, since: 60 }))).sort(), [
      "buntime-0 Loaded: hello",
      "buntime-1 something else",
    ]);
  });
  it("are followed until nobody reads on, those of later replicas too", async () => {
    const signal = new AbortController().signal;
    const lines: string[] = [];
    const reading = (async () => {
      for await (const line of host().logs({ signal, follow: true })) {
        lines.push(said(line));
        if (lines.length === 4) break;
      }
    })();
    await until(() => cluster.pods().every(({ followers }) => followers.size === 1));
    cluster.say("buntime-0", "one");
    cluster.say("buntime-1", "two");
    await until(() => lines.length === 2);
    cluster.replace("buntime-1");
    await until(() => cluster.pod("buntime-1").followers.size === 1, 15);
    cluster.say("buntime-1", "three");
    cluster.say("buntime-0", "four");
    await reading;
    assert.deepEqual([...lines].sort(), ["buntime-0 four", "buntime-0 one", "buntime-1 three", "buntime-1 two"]);
    await until(() => cluster.pods().every(({ followers }) => followers.size === 0));
  });
  it("end when the work is cancelled", async () => {
    const stop = new AbortController();
    const reading = all(host().logs({ signal: stop.signal, follow: true }));
    await until(() => cluster.pods().every(({ followers }) => followers.size === 1));
    stop.abort();
    assert.deepEqual(await reading, []);
  });
  it("of one replica may fail without the others", async () => {
    cluster.say("buntime-0", "fine");
    cluster.fault(/^GET .*\/buntime-1\/log/, "forbidden");
    const lines = await all(host().logs({ signal: new AbortController().signal }));
    assert.deepEqual(lines.sort(), ["buntime-0 fine", "buntime-1 forbidden"]);
  });
  it("of nobody are an error", async () => {
    const nobody = openCluster(cluster.run, { ...target, selector: "app=none" });
    const error = await hostError(all(nobody.logs({ signal: new AbortController().signal })));
    assert.match(error.message, /^no pods fit "app=none"/);
  });

  function host() {
    return openCluster(cluster.run, target);
  }
});

async function all(lines: AsyncIterable<LogLine>): Promise<string[]> {
  const found: string[] = [];
  for await (const line of lines) found.push(said(line));
  return found;
}

function said(line: LogLine): string {
  return `${line.pod} ${"line" in line ? line.line : line.error.kind}`;
}
