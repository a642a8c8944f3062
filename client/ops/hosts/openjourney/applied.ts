// A shipment as a kustomization of its own: its rendered manifests with the plugin's image pinned to what was built. Lies in a
// temporary folder as long as kubectl reads it.
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { stringify } from "yaml";
import { inTemporary } from "../../transports/temporary.js";
import { isImageOf, objectsIn, type Rendered, repositoryOf, runsPods } from "./manifests.js";
import type { OpenjourneyShipment } from "./shipment.js";

type Applied = Pick<OpenjourneyShipment, "name" | "manifests" | "image">;

export function withKustomization<Answer>(
  shipment: Applied,
  work: (folder: string) => Promise<Answer>,
): Promise<Answer> {
  return inFolder(shipment.manifests, work, imagesOf(shipment));
}

/** Manifests as a kustomization, images replaced where some are given. */
export async function inFolder<Answer>(
  manifests: string,
  work: (folder: string) => Promise<Answer>,
  images: readonly unknown[] = [],
): Promise<Answer> {
  const header = { apiVersion: "kustomize.config.k8s.io/v1beta1", kind: "Kustomization" };
  const kustomization = { ...header, resources: ["manifests.yaml"], ...(images.length === 0 ? {} : { images }) };
  return inTemporary({ step: "upload", what: "the manifests" }, async (folder) => {
    await writeFile(path.join(folder, "manifests.yaml"), manifests);
    await writeFile(path.join(folder, "kustomization.yaml"), stringify(kustomization));
    return work(folder);
  });
}

function imagesOf({ name, manifests, image }: Applied): readonly unknown[] {
  const written = objectsIn(manifests).flatMap(({ images }) => images.filter((one) => isImageOf(name, one)));
  const { name: newName, tag: newTag, digest } = image;
  return [...new Set(written.map(repositoryOf))].map((one) => ({
    name: one,
    newName,
    newTag,
    ...(digest && { digest }),
  }));
}

/** What runs pods of the plugin's own image; where nothing does, whatever runs pods. */
export function workloadsOf({ name, manifests }: Pick<OpenjourneyShipment, "name" | "manifests">): readonly Rendered[] {
  const running = objectsIn(manifests).filter(runsPods);
  const own = running.filter(({ images }) => images.some((image) => isImageOf(name, image)));
  return own.length > 0 ? own : running;
}
