// What suites against the test cluster have in common: skipped aloud without kubectl, a cluster of its own for each test, nothing left.
import type { Suite } from "mocha";
import {
  type ClusterHost,
  type ClusterTarget,
  openCluster,
} from "../../../../client/ops/transports/kubernetes/index.js";
import { removeTemporary } from "../places.js";
import { type Cluster, type ClusterOptions, skipWithoutKubectl, startCluster } from "./index.js";

/** Buntime's pods, as `startCluster` makes them unless told otherwise. */
export const buntimeTarget: ClusterTarget & { readonly container: string } = {
  context: "test",
  selector: "app=buntime",
  container: "buntime",
  directory: "/data/plugins",
};

export interface InCluster {
  /** The cluster of this test, once it was opened. */
  readonly cluster: Cluster;
  opened(options?: ClusterOptions, target?: ClusterTarget): Promise<ClusterHost>;
  /** The folder behind a path in a pod. */
  at(pod: string, inside: string): string;
}

/** To be called in `describe`. */
export function clusterSuite(suite: Suite, usual: ClusterTarget = buntimeTarget): InCluster {
  suite.timeout(30_000);
  let cluster: Cluster | undefined;
  const mustBe = () => {
    if (cluster === undefined) throw new Error("no cluster was opened");
    return cluster;
  };
  before(function () {
    return skipWithoutKubectl(this);
  });
  afterEach(async () => {
    await cluster?.stop();
    cluster = undefined;
    await removeTemporary();
  });
  return {
    get cluster() {
      return mustBe();
    },
    opened: async (options = {}, target = usual) => {
      cluster = await startCluster(options);
      return openCluster(cluster.run, target);
    },
    at: (pod, inside) => mustBe().pod(pod).at(inside),
  };
}
