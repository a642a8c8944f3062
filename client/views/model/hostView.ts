// A host as it stands, in words: whether it answers, what it has, and what can be done with it.

import type { LocalPlugin } from "../../../server/protocol.js";
import { isLocalHost } from "../../localHostName.js";
import type { HostState } from "../hostStore.js";
import { theOne } from "./local.js";
import { pluginView } from "./pluginView.js";
import type { HostView, Mood, RecordOf } from "./views.js";
import { clock, count, describe, levelWord, sorted } from "./words.js";

export function hostView(host: HostState, local: readonly LocalPlugin[], recordOf: RecordOf): HostView {
  const { config, reach } = host;
  const plugins = host.plugins.map((plugin) => {
    return pluginView(plugin, host, theOne(local, config.system, plugin.name), recordOf(config, plugin.name));
  });
  const { state, mood } = hostState(host);
  const facts = [
    `${config.name} (${config.level})`,
    config.url ?? "",
    describe(host),
    "reason" in reach ? reach.reason : "",
    host.at === undefined ? "" : `as of ${clock(host.at)}`,
  ];
  const offered = (["reload", "upload", "logs", "doctor"] as const).filter((action) => host.actions.includes(action));
  const can = [...offered, ...(config.url === undefined ? [] : ["open"])].map((action) => `can:${action}`);
  // The local host is in no settings, and asks for no key.
  const own = isLocalHost(config.name) ? [] : ["inSettings", ...(reach.is === "unsupported" ? [] : ["can:signIn"])];
  return {
    name: config.name,
    level: config.level,
    ...(config.url === undefined ? {} : { url: config.url }),
    state,
    detail: facts.filter(Boolean).join("\n"),
    mood,
    plugins,
    flags: sorted([`level:${config.level}`, `system:${config.system}`, reach.is, ...own, ...can]),
  };
}

export function hostState({ reach, plugins, at, config }: HostState): { readonly state: string; readonly mood: Mood } {
  const kept = at === undefined ? "" : `, shown as of ${clock(at)}`;
  switch (reach.is) {
    case "unasked":
      return { state: "not asked yet", mood: "quiet" };
    case "asking":
      return { state: "asking …", mood: "quiet" };
    case "answers":
      return {
        state: `${count(plugins.length, "plugin")}${levelWord(config.level)}`,
        mood: "good",
      };
    case "unsupported":
      return { state: "can't be reached from here yet", mood: "quiet" };
    case "refuses":
      return { state: `refuses to answer since ${clock(reach.since)}${kept}`, mood: "bad" };
    case "keyNeeded":
      return { state: `sign-in needed${kept}`, mood: "attention" };
    case "unreachable":
      return { state: `unreachable since ${clock(reach.since)}${kept}`, mood: "bad" };
  }
}
