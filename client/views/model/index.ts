// Joins what hosts said with the plugins of the workspace and the record of what was sent, and puts each state into words.
// Pure: the trees only draw what is here.

import type { LocalPlugin } from "../../../server/protocol.js";
import type { HostState } from "../hostStore.js";
import { hostView } from "./hostView.js";
import { localView } from "./localView.js";
import type { Model, RecordOf } from "./views.js";

export type * from "./views.js";

export function modelOf(hosts: readonly HostState[], local: readonly LocalPlugin[], recordOf: RecordOf): Model {
  return {
    hosts: hosts.map((host) => hostView(host, local, recordOf)),
    plugins: local.map((plugin) => localView(plugin, local, hosts, recordOf)),
  };
}
