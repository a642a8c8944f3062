// Plugins of the workspace by name. Two manifests can describe plugins of one name: in two folders of a workspace, or in two
// files of one folder; nothing that is known of the name is then said of either.

import type { LocalPlugin } from "../../../server/protocol.js";
import { named } from "./named.js";

export function namesakes(local: readonly LocalPlugin[], system: string, name: string): readonly LocalPlugin[] {
  return named(local, name).filter((one) => one.system === system);
}

/** The plugin of that name, unless there are several. */
export function theOne(local: readonly LocalPlugin[], system: string, name: string): LocalPlugin | undefined {
  const [first, ...others] = namesakes(local, system, name);
  return others.length === 0 ? first : undefined;
}

/** As much of the end of its manifest's path as tells it from the others: "b/manifest.yaml"; nothing when it is alone. */
export function placeAmong(plugin: LocalPlugin, all: readonly LocalPlugin[]): string {
  const others = all.filter((one) => one.manifest !== plugin.manifest).map((one) => one.manifest.split("/"));
  if (others.length === 0) return "";
  const own = plugin.manifest.split("/");
  const tail = (parts: readonly string[], length: number) => parts.slice(-length).join("/");
  let length = 1;
  while (length < own.length && others.some((other) => tail(other, length) === tail(own, length))) length += 1;
  return decodeURIComponent(tail(own, length));
}
