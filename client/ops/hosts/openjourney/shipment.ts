// An OpenJourney shipment: the manifests as kustomize made them, and the image that they run, in one bundle. With it a plugin can be
// applied again as it was, whatever has been built since.
import type { Shipment } from "../../pack/shipment.js";
import { isRecord } from "../../values.js";
import { ownShipment } from "../own.js";

export interface Image {
  /** Without tag: `localhost:32000/hello-converter`. */
  readonly name: string;
  /** Made of the image's own digest, so that another image never gets the same. */
  readonly tag: string;
  /** The id in docker here. */
  readonly id: string;
  /** What the registry calls it, known once it was pushed: `sha256:…`. */
  readonly digest?: string;
}

export interface OpenjourneyShipment extends Shipment {
  readonly system: "openjourney";
  readonly image: Image;
  /** Rendered objects, `---` between them; empty for a plugin without any. */
  readonly manifests: string;
  /** The plugin's folder, where it was packed on this machine. */
  readonly folder?: string;
}

export function openjourneyShipment(shipment: Shipment): OpenjourneyShipment {
  return ownShipment(shipment, isOpenjourney, "an OpenJourney host");
}

function isOpenjourney(shipment: Shipment): shipment is OpenjourneyShipment {
  return shipment.system === "openjourney" && "image" in shipment && "manifests" in shipment;
}

/** `registry.example.org/hello:1f2e@sha256:…`, as exact as it is known. */
export const referenceOf = ({ name, tag, digest }: Image): string =>
  `${name}:${tag}${digest === undefined ? "" : `@${digest}`}`;

export function imageFrom(value: unknown): Image | undefined {
  if (!isRecord(value)) return undefined;
  const { name, tag, id, digest } = value;
  if (typeof name !== "string" || typeof tag !== "string" || typeof id !== "string") return undefined;
  return { name, tag, id, ...(typeof digest === "string" ? { digest } : {}) };
}
