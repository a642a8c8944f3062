// The wheel directory: completion of directories near the manifest that hold wheels, and a hover with the wheels in it.

import type { Choice, Kind, Use } from "../../../kinds/kind.js";
import { pathKind } from "../../../kinds/path.js";
import type { Manifest } from "../../system.js";
import { placesFrom } from "../python/modules.js";
import { type Wheel, wheelDirectory } from "../wheels/directory.js";

export const wheelPath: Kind = { complete, hover };

const MAX_SHOWN = 10;

/** Absolute, since a relative path counts from wherever the server was started. */
function complete(use: Use): readonly Choice[] {
  const { folder, parsed, workspace } = use.manifest;
  if (parsed.embedding) return [];
  const found = new Map<string, Choice>();
  for (const place of folder === undefined ? [] : placesFrom(folder, workspace.roots)) {
    for (const { name, kind } of workspace.files.list(place) ?? []) {
      const path = `${place === "/" ? "" : place}/${name}`;
      if (kind !== "directory" || name.startsWith(".") || found.has(path)) continue;
      const wheels = (workspace.files.list(path) ?? []).filter((one) => one.name.endsWith(".whl"));
      if (wheels.length > 0) found.set(path, { value: path, kind: "folder", detail: countOf(wheels.length) });
    }
  }
  return [...found.values(), ...(pathKind.complete?.(use) ?? []).filter(({ value }) => !found.has(value))];
}

function hover({ manifest, text }: Use): string | undefined {
  const directory = wheelDirectory(text, manifest);
  if (directory?.kind === "missing") return "There is no such folder here: controllers get nothing.";
  if (directory?.kind === "file") return "A file, not a folder: controllers get nothing.";
  if (!directory) return undefined;
  const { wheels, path } = directory;
  if (wheels.length === 0) return `\`${path}\` holds no wheels: controllers get nothing.`;
  const lines = wheels.slice(0, MAX_SHOWN).map((wheel) => `- ${describe(wheel, manifest)}`);
  const rest = wheels.length > MAX_SHOWN ? [`- and ${wheels.length - MAX_SHOWN} more`] : [];
  return `\`${path}\`, from which controllers get:\n\n${[...lines, ...rest].join("\n")}`;
}

function describe({ name, path }: Wheel, { workspace }: Manifest): string {
  const stat = workspace.files.stat(path);
  if (!stat) return `\`${name}\``;
  const date = new Date(stat.modified).toISOString().slice(0, 16).replace("T", " ");
  return `\`${name}\`, ${stat.size} bytes, changed ${date} UTC`;
}

export const countOf = (wheels: number): string => (wheels === 1 ? "1 wheel" : `${wheels} wheels`);
