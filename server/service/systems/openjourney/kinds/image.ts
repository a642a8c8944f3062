// images.name: the images of the containers, without tag and digest, and which containers an entry matches.

import type { Choice, Kind } from "../../../kinds/kind.js";
import type { Manifest } from "../../system.js";
import { buildOf } from "../model/build.js";
import { compileGo } from "../model/goRegex.js";
import { showId } from "../model/identity.js";
import { bareImage, imagesAt, originalOf } from "../model/original.js";
import { mapsOf, textOf } from "../model/reading.js";
import { listOfLines } from "./show.js";

export const imageKind: Kind = {
  complete({ manifest, text }) {
    const taken = new Set(
      ["images", "imageTags"].flatMap((field) => mapsOf(manifest.root, field).map((item) => textOf(item, "name"))),
    );
    const found = new Map<string, Choice>();
    for (const { image, owner } of containers(manifest)) {
      const value = bareImage(image);
      if ((value === text || !taken.has(value)) && !found.has(value))
        found.set(value, { value, kind: "reference", detail: `${image.slice(value.length)} in ${owner}`.trim() });
    }
    return [...found.values()];
  },
  hover({ manifest, text }) {
    const matches = matcherOf(text);
    if (!matches || text === "") return undefined;
    const hits = containers(manifest).filter(({ image }) => matches(image));
    return hits.length === 0
      ? "Matches no container of the objects known here."
      : `Matches now:\n\n${listOfLines(hits.map(({ image, owner }) => `\`${image}\` in ${owner}`))}`;
  },
};

/** Whether an image is meant by a name, which kustomize takes for an anchored expression. */
export function matcherOf(name: string): ((image: string) => boolean) | undefined {
  const regex = compileGo(`${name}(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?`);
  return regex.is === "regex" ? regex.test : undefined;
}

function containers(manifest: Manifest): readonly { readonly image: string; readonly owner: string }[] {
  return buildOf(manifest).gathered.flatMap((object) => {
    const node = originalOf(object, manifest.workspace.files);
    const id = object.ids.at(-1);
    return node && id ? imagesAt(node).map(({ text }) => ({ image: text, owner: showId(id) })) : [];
  });
}
