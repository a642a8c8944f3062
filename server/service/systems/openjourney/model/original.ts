// The content of an object as its resource file has it, also where the build changes it later: good enough to offer and
// explain, never to judge by. Its container images, each with its place.

import { deref, keyText, type MapNode, type Node, type ScalarNode, type Span } from "../../../text/node.js";
import { hostValue, type Value } from "../../../text/reading.js";
import { remember } from "../../../text/remember.js";
import type { Files } from "../../facts.js";
import type { Built } from "./built.js";
import { parsedFile } from "./kustomization.js";
import { objectsOf } from "./objects.js";
import { OBJECTS, textSpan } from "./reading.js";

export function originalOf({ path, origin }: Built, files: Files): MapNode | undefined {
  const parsed = path === undefined ? undefined : parsedFile(path, files);
  return parsed && objectsOf(parsed).objects.find(({ span }) => span[0] === origin.span[0])?.node;
}

/** The content as the build has it, else as the file has it. */
export function contentOf(object: Built, files: Files): Value | undefined {
  if (object.content !== undefined) return object.content;
  const node = originalOf(object, files);
  return node && contentIn(node);
}

const contentIn = remember((node: MapNode): Value => hostValue(node, OBJECTS));

export interface ImageAt {
  readonly text: string;
  readonly span: Span;
}

/** Every string under a key `image`. */
export const imagesAt = remember((node: Node): readonly ImageAt[] => {
  const images: ImageAt[] = [];
  const open: Node[] = [node];
  for (let one = open.pop(); one && images.length < 1000; one = open.pop()) {
    const target = deref(one);
    if (target?.kind === "list") for (const item of target.items) item && open.push(item);
    if (target?.kind !== "map") continue;
    for (const pair of target.pairs) {
      const value = pair.value && deref(pair.value);
      if (value?.kind === "scalar" && keyText(pair) === "image" && value.text !== "") images.push(imageIn(value));
      else if (pair.value && value?.kind !== "scalar") open.push(pair.value);
    }
  }
  return images;
});

/** Its place is asked of the node each time: text above it may grow while the answer is kept. */
const imageIn = (node: ScalarNode): ImageAt => ({
  text: node.text,
  get span() {
    return textSpan(node);
  },
});

/** An image without its tag and digest, as `images.name` wants it. */
export const bareImage = (image: string): string => image.replace(/@.*$/, "").replace(/:[^/:]*$/, "");
