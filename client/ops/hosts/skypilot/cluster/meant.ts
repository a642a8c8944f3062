// Which classes of a release's files a plugin's name means.
import { HostError } from "../../hostError.js";
import { entriesIn } from "../files/entries.js";
import { groupNamed } from "../groups.js";
import { stemOf } from "../wheels/wheel.js";
import { presentIn } from "./change.js";
import { look } from "./look.js";
import type { ClusterServer } from "./place.js";

export async function meant(server: ClusterServer, name: string, signal: AbortSignal) {
  const step = "removal";
  const { groups } = await look(server, { step, imports: false }, signal);
  const group = groupNamed(groups, name);
  const own = group?.classes.map((row) => row.className) ?? [];
  const tops = new Set((own.length === 0 ? [name] : own).map((one) => one.split(".")[0]));
  const { remote } = await presentIn(server, step, signal);
  const others = entriesIn(remote, step)
    .map(({ className }) => className)
    .filter((one) => tops.has(one.split(".")[0]));
  const classes = [...new Set([...own, ...others])];
  if (classes.length === 0) {
    const message = `the ConfigMap "${server.configMap}" lists no class of "${name}"`;
    throw new HostError({
      kind: "missing",
      step,
      message,
      next: "refresh the list; someone may have removed it already",
    });
  }
  const distribution = group?.distribution?.name;
  return {
    classes,
    key: group?.name ?? name,
    stem: distribution === undefined ? undefined : stemOf(distribution.replace(/[-.]+/g, "_")),
  };
}
