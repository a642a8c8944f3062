// The logs of a host in a cluster: of all replicas at once, filtered, followed and stopped.
import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import { openCluster } from "../../../client/ops/transports/kubernetes/index.js";
import type { LogLine } from "../../../client/ops/transports/kubernetes/logs.js";
import { clusterSuite, buntimeTarget as target } from "../support/cluster/clusterSuite.js";
import { hostError } from "../support/errors.js";
import { until } from "../support/waiting.js";

describe("logs of a host in a cluster", function () {
  const here = clusterSuite(this);
  beforeEach(() => here.opened());

  it("are those of all replicas, the wanted lines and no others", async () => {
    here.cluster.say("buntime-0", "Loaded: hello");
    here.cluster.say("buntime-1", "Failed to load plugin hello");
    here.cluster.say("buntime-1", "something else");
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
    await until(() => here.cluster.pods().every(({ followers }) => followers.size === 1));
    here.cluster.say("buntime-0", "one");
    here.cluster.say("buntime-1", "two");
    await until(() => lines.length === 2);
    here.cluster.replace("buntime-1");
    await until(() => here.cluster.pod("buntime-1").followers.size === 1, 15);
    here.cluster.say("buntime-1", "three");
    here.cluster.say("buntime-0", "four");
    await reading;
    assert.deepEqual([...lines].sort(), ["buntime-0 four", "buntime-0 one", "buntime-1 three", "buntime-1 two"]);
    await until(() => here.cluster.pods().every(({ followers }) => followers.size === 0));
  });
  it("end when the work is cancelled", async () => {
    const stop = new AbortController();
    const reading = all(host().logs({ signal: stop.signal, follow: true }));
    await until(() => here.cluster.pods().every(({ followers }) => followers.size === 1));
    stop.abort();
    assert.deepEqual(await reading, []);
  });
  it("of one replica may fail without the others", async () => {
    here.cluster.say("buntime-0", "fine");
    here.cluster.fault(/^GET .*\/buntime-1\/log/, "forbidden");
    const lines = await all(host().logs({ signal: new AbortController().signal }));
    assert.deepEqual(lines.sort(), ["buntime-0 fine", "buntime-1 forbidden"]);
  });
  it("of nobody are an error", async () => {
    const nobody = openCluster(here.cluster.run, { ...target, selector: "app=none" });
    const error = await hostError(all(nobody.logs({ signal: new AbortController().signal })));
    assert.match(error.message, /^no pods fit "app=none"/);
  });

  it("are left out in part, and said to be, when they come faster than they are read", async () => {
    let isOver = false;
    const talks = openCluster(async (request) => {
      if (request.args.includes("logs")) {
        for (let turn = 0; turn < 4; turn++) {
          for (let line = 0; line < 5000; line++) request.onLine?.(`line ${line}`, "out");
          await setImmediate();
        }
        isOver = true;
        return { code: 0, out: "", err: "" };
      }
      return here.cluster.run(request);
    }, target);
    let read = 0;
    let leftOut: string | undefined;
    for await (const one of talks.logs({ signal: new AbortController().signal, follow: true })) {
      if (read === 0) await until(() => isOver);
      leftOut = / … \d+ lines left out/.exec(said(one))?.[0];
      if (leftOut !== undefined || ++read === 40_000) break;
    }
    assert.equal(leftOut, " … 5000 lines left out");
  });

  function host() {
    return openCluster(here.cluster.run, target);
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
