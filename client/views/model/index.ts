// Joins what hosts said with the plugins of the workspace and the record of what was sent, and puts each state into words.
// Pure: the trees only draw what is here.

import type { LocalPlugin } from "../../../server/protocol.js";
import type { HostState } from "../hostStore.js";
import { hostView } from "./hostView.js";
import { localView } from "./localView.js";
import type { LocalOnHost, Model, RecordOf } from "./views.js";
import { sorted } from "./words.js";

export type * from "./views.js";

/** `going` says what is being done with a plugin on a host, such as deploying it on change. */
export function modelOf(
  hosts: readonly HostState[],
  local: readonly LocalPlugin[],
  recordOf: RecordOf,
  going: (host: string, plugin: string) => string | undefined = () => undefined,
): Model {
  return {
    hosts: hosts.map((host) => hostView(host, local, recordOf)),
    plugins: local.map((plugin) => {
      const view = localView(plugin, local, hosts, recordOf);
      return { ...view, hosts: view.hosts.map((row) => onChange(row, going(row.host, plugin.name))) };
    }),
  };
}

function onChange(row: LocalOnHost, words: string | undefined): LocalOnHost {
  if (words === undefined) return row;
  return { ...row, state: `${row.state} · ${words}`, flags: sorted([...row.flags, "onChange"]) };
}
