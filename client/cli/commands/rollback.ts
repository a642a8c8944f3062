// `plugsmith rollback`: puts the bundle before the current one back on a host, or any other that is kept.

import { type Call, type Command, Misuse } from "../command.js";
import { ACT_OPTIONS, HOST_OPTIONS, OVERWRITE } from "../hosts/options.js";

export const rollbackCommand: Command = {
  name: "rollback",
  operands: "NAME",
  summary: "bring back the bundle that a host had before, and verify that it runs",
  about: [
    "Bundles are kept here, for each host and plugin, when deploy or upload send them; the newest one whose contents differ from what the host has " +
      "now is sent, or the one that --to names: plugsmith history lists them. PLUGSMITH_HOME says where they are kept.",
  ],
  examples: [
    'plugsmith rollback "@acme/hello" --host local',
    'plugsmith rollback "@acme/hello" --host local --to mb3k2x1a-4f09aa',
  ],
  takes: [1, 1],
  options: [
    ...HOST_OPTIONS,
    ...ACT_OPTIONS,
    { name: "to", value: "ID", about: "the entry of plugsmith history to go back to" },
    { name: "force", about: "go on in spite of what the host has against the bundle" },
    OVERWRITE,
  ],
  run: async (call) => {
    const [ops, words, { acting }] = await Promise.all([
      import("../../ops/index.js"),
      import("../hosts/words.js"),
      import("../hosts/acting.js"),
    ]);
    const { terminal, signal, on } = call;
    const { host, plugin, ledger, agreed } = acting(call);
    const wanted = entryNamed(call, plugin, await ledger.history(host.config, plugin));
    const { to, shipment } = await ops.bundleToGoBackTo({ host, ledger, plugin, ...(wanted && { to: wanted }) });
    const gone = await agreed({ operation: "rollback", shipment });
    if (gone !== "go") return gone;
    const onStep = (_step: unknown, text: string) => terminal.progress(text);
    const act = { host, plugin, signal, ledger, to, force: on("force"), overwrite: on("overwrite"), onStep };
    const delivered = await ops.rollback(act);
    return words.tellDelivered(call, host, delivered, { back: { at: to.at, version: to.version } });
  },
};

function entryNamed<Entry extends { readonly id: string; readonly bundle?: string }>(
  { value }: Call,
  plugin: string,
  entries: readonly Entry[],
): Entry | undefined {
  const id = value("to");
  if (id === undefined) return undefined;
  const entry = entries.find((one) => one.id === id);
  if (entry === undefined)
    throw new Misuse(`the history of "${plugin}" has no entry "${id}"; plugsmith history lists them`);
  if (entry.bundle === undefined) throw new Misuse(`the bundle of entry "${id}" is not kept any more`);
  return entry;
}
