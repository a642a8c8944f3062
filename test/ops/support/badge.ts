// A small sound Metaflow UI plugin on disk.
import path from "node:path";
import { type Files, temporary, write } from "./places.js";

/** A credential that must not turn up anywhere. */
export const planted = "ghp_planted0123456789ABCDEFGHIJKLMNOPQRST";

export function badge(version = "1.0.0", more: Files = {}): Files {
  const manifest = { name: "Flow badge", version, entrypoint: "index.html", slot: "run-header" };
  return {
    "manifest.json": JSON.stringify(manifest),
    "index.html": `<!doctype html><script src="plugin.js"></script>${version}`,
    "plugin.js": "Metaflow.onReady(() => undefined);\n",
    "src/plugin.ts": "export {};\n",
    ...more,
  };
}

export async function badgeFolder(files: Files = badge()): Promise<string> {
  return write(path.join(await temporary(), "flow-badge"), files);
}
