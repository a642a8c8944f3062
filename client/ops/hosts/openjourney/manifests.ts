// Rendered manifests as texts of objects: which of them are a plugin's, what runs pods among them, and which images they name. Texts
// are passed on as kustomize wrote them.
import { parse } from "yaml";
import { isRecord } from "../../values.js";

export interface Rendered {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly images: readonly string[];
  readonly text: string;
}

/** Objects in their order; a document that is none is left out. */
export function objectsIn(text: string): readonly Rendered[] {
  return text.split(/^---[ \t]*$/m).flatMap((document) => {
    const value: unknown = parse(document, { logLevel: "silent" });
    if (!isRecord(value) || typeof value.kind !== "string") return [];
    const metadata = isRecord(value.metadata) ? value.metadata : {};
    const { name, namespace } = metadata;
    if (typeof name !== "string") return [];
    const place = typeof namespace === "string" ? { namespace } : {};
    return [{ kind: value.kind, name, ...place, images: imagesIn(value), text: `${document.trim()}\n` }];
  });
}

/** Those that the server's own tool keeps for this plugin: by name or image, and every namespace. */
export function objectsOf(plugin: string, objects: readonly Rendered[]): readonly Rendered[] {
  return objects.filter(
    ({ kind, name, images }) =>
      kind === "Namespace" || name.includes(plugin) || images.some((image) => image.includes(plugin)),
  );
}

export const textOf = (objects: readonly Rendered[]): string => objects.map(({ text }) => text).join("---\n");

export const runsPods = ({ kind }: Pick<Rendered, "kind">): boolean =>
  /^(Deployment|StatefulSet|DaemonSet)$/.test(kind);

/** `localhost:32000/hello:latest@sha256:…` without tag and digest. */
export function repositoryOf(image: string): string {
  const plain = image.replace(/@.*$/, "");
  const slash = plain.lastIndexOf("/");
  const colon = plain.indexOf(":", slash + 1);
  return colon < 0 ? plain : plain.slice(0, colon);
}

/** Whether an image is this plugin's, whatever registry it is written for. */
export const isImageOf = (plugin: string, image: string): boolean => repositoryOf(image).split("/").at(-1) === plugin;

function imagesIn(value: Readonly<Record<string, unknown>>): readonly string[] {
  const found: string[] = [];
  const walk = (node: unknown, depth: number): void => {
    if (depth > 12) return;
    if (Array.isArray(node)) for (const item of node) walk(item, depth + 1);
    if (!isRecord(node)) return;
    for (const [key, inner] of Object.entries(node)) {
      if ((key === "containers" || key === "initContainers") && Array.isArray(inner)) {
        for (const item of inner) if (isRecord(item) && typeof item.image === "string") found.push(item.image);
      }
      walk(inner, depth + 1);
    }
  };
  walk(value, 0);
  return [...new Set(found)];
}
