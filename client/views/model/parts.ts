// What stands below a plugin on a host: its routes, its menus, and the plugins it depends on.

import { type PluginMenu, type PluginSummary, runs } from "../../ops/index.js";
import type { HostState } from "../hostStore.js";
import { named } from "./named.js";
import type { Mood, PluginPart } from "./views.js";
import { pageOf } from "./words.js";

export function partsOf(plugin: PluginSummary, host: HostState): readonly PluginPart[] {
  const routes = plugin.routes.map((route): PluginPart => {
    const address = pageOf(host.config, route);
    const link = address === undefined || !runs(plugin.state) ? {} : { address };
    return { kind: "route", id: route, label: route, state: "page", mood: "quiet", ...link };
  });
  const needs = [
    ...plugin.dependencies.map((name) => dependency(name, "needed", host)),
    ...plugin.optionalDependencies.map((name) => dependency(name, "optional", host)),
  ];
  return [...routes, ...menuParts(plugin.menus, host, ""), ...needs];
}

function menuParts(menus: readonly PluginMenu[], host: HostState, above: string): readonly PluginPart[] {
  return menus.flatMap((menu, at) => {
    const address = menu.path === undefined ? undefined : pageOf(host.config, menu.path);
    const label = above === "" ? menu.title : `${above} › ${menu.title}`;
    const part: PluginPart = {
      kind: "menu",
      id: `${label} ${at}`,
      label,
      state: menu.path === undefined ? "menu" : `menu, ${menu.path}`,
      mood: "quiet",
      ...(address === undefined ? {} : { address }),
    };
    return [part, ...menuParts(menu.items, host, label)];
  });
}

function dependency(name: string, how: "needed" | "optional", host: HostState): PluginPart {
  const found = named(host.plugins, name)[0];
  const loaded = found?.state === "loaded";
  const state = found === undefined ? "not on this host" : loaded ? "loaded" : "not loaded";
  const mood: Mood = loaded ? "quiet" : how === "needed" ? "bad" : "attention";
  return { kind: "dependency", id: `${how} ${name}`, label: name, state: `${state} · ${how} dependency`, mood };
}
