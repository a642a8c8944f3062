// Globs of settings over whole paths. In the bundles the package behind them is loaded with the first glob.

import picomatch from "picomatch";

/** Whether any of the paths is meant by a glob of `plugsmith.associations`; one without a slash means a name in any folder. */
export function isMeant(glob: string, paths: readonly string[]): boolean {
  const matches = picomatch(glob.includes("/") ? glob : `**/${glob}`, { dot: true });
  return paths.some((path) => matches(path));
}
