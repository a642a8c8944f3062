// A Metaflow UI shipment: the plugin's flat folder together with its entry of PLUGINS, so that one file brings both back.
import type { Shipment } from "../../pack/shipment.js";
import { isRecord } from "../../values.js";
import { ownShipment } from "../own.js";
import type { Entry } from "./pluginsFile.js";

/** One plugin of the folder: mostly the folder itself, or one for each of the entry's `paths`. */
export interface Part {
  /** Empty for the folder itself, else relative to it. */
  readonly path: string;
  readonly name: string;
  readonly version: string;
  readonly entrypoint: string;
}

export interface MetaflowShipment extends Shipment {
  readonly system: "metaflow";
  /** The entry's key, which is the folder's name in `installed/`. */
  readonly identifier: string;
  /** The entry as it stood when the package was made, credentials left out. */
  readonly entry: Entry;
  readonly parts: readonly Part[];
}

/** The shipment as Metaflow UI's; one of another system can't be sent to such a host. */
export function metaflowShipment(shipment: Shipment): MetaflowShipment {
  return ownShipment(shipment, isMetaflow, "a Metaflow UI host");
}

function isMetaflow(shipment: Shipment): shipment is MetaflowShipment {
  return shipment.system === "metaflow" && "identifier" in shipment && "parts" in shipment;
}

/** The entry without what must not be kept: credentials, and an address that holds one. */
export function keptEntry(entry: Entry): Entry {
  const kept = Object.entries(entry).filter(([key, value]) => {
    return key !== "auth" && !(key === "repository" && typeof value === "string" && /\/\/[^/@]*:[^/@]*@/.test(value));
  });
  return Object.fromEntries(kept);
}

/** The folders inside the plugin that are plugins: those of `paths`, or the folder itself. */
export function pathsOf({ paths }: Entry): readonly string[] {
  if (!Array.isArray(paths)) return [""];
  const inner = paths
    .filter((item): item is string => typeof item === "string")
    .map((item) => item.replace(/^(\.\/)+|\/+$/g, ""));
  return inner.length === 0 ? [""] : inner;
}

export function partsFrom(value: unknown): readonly Part[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isRecord).map((part) => ({
    path: textOf(part.path),
    name: textOf(part.name),
    version: textOf(part.version),
    entrypoint: textOf(part.entrypoint),
  }));
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
