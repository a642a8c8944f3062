// The order in which Buntime loads plugins, and whom it leaves out beforehand: the disabled, those that lack a required plugin,
// and the members of a cycle with everything that waits for them. Optional dependencies order and can close a cycle too.
import type { Found } from "./load.js";

export function inOrder(found: readonly Found[], log: (line: string) => void): readonly Found[] {
  const able = withRequired(
    found.filter((plugin) => {
      if (plugin.manifest.disabled) log(`DBG [PluginLoader] Skipping plugin disabled in manifest: ${plugin.name}`);
      return !plugin.manifest.disabled;
    }),
    new Set(found.filter((plugin) => plugin.manifest.disabled).map((plugin) => plugin.name)),
    log,
  );
  const names = new Set(able.map((plugin) => plugin.name));
  const ordered: Found[] = [];
  const done = new Set<string>();
  for (;;) {
    const next = able.find(
      (plugin) => !done.has(plugin.name) && waitsFor(plugin, names).every((name) => done.has(name)),
    );
    if (next === undefined) break;
    done.add(next.name);
    ordered.push(next);
  }
  const stuck = able.filter((plugin) => !done.has(plugin.name)).map((plugin) => plugin.name);
  if (stuck.length > 0) log(`ERR [PluginLoader] Circular dependency detected among plugins: ${stuck.join(", ")}`);
  return ordered;
}

function withRequired(
  plugins: readonly Found[],
  disabled: ReadonlySet<string>,
  log: (line: string) => void,
): readonly Found[] {
  const names = new Set(plugins.map((plugin) => plugin.name));
  const kept = plugins.filter((plugin) => {
    const lacking = plugin.needs.find((need) => !names.has(need));
    if (lacking === undefined) return true;
    const state = disabled.has(lacking) ? "disabled" : "missing or excluded";
    log(`WRN [PluginLoader] Excluding plugin "${plugin.name}": required dependency "${lacking}" is ${state}`);
    return false;
  });
  return kept.length === plugins.length ? kept : withRequired(kept, disabled, log);
}

function waitsFor(plugin: Found, names: ReadonlySet<string>): readonly string[] {
  return [...plugin.needs, ...plugin.likes].filter((name) => names.has(name));
}
