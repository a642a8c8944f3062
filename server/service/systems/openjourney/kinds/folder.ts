// What a folder that a kustomization names brings along: the objects that its own kustomization builds, and what that builds on.

import { basename, resolve } from "../../../text/paths.js";
import { byCount, listed } from "../../sentence.js";
import type { Manifest } from "../../system.js";
import { buildOf } from "../model/build.js";
import { kustomizationsIn } from "../model/kustomization.js";
import { stringsOf } from "../model/reading.js";
import { counted, listOfObjects } from "./show.js";

/** Markdown; undefined where nothing can be known. */
export function aboutFolder(folder: string, { workspace }: Manifest): string | undefined {
  const [path, ...others] = kustomizationsIn(folder, workspace.files) ?? [];
  if (others.length > 0) return "A folder with several kustomization files: kustomize refuses it.";
  if (path === undefined)
    return workspace.files.list(folder) && "A folder without a kustomization file: kustomize refuses it.";
  const manifest = workspace.open(path);
  if (manifest?.kind.id !== "kustomization") return undefined;
  return [`A folder with a \`${basename(path)}\` that ${brought(manifest)}`, ...below(manifest, folder)].join("\n\n");
}

function brought(manifest: Manifest): string {
  const { final, complete } = buildOf(manifest);
  const more = complete ? "" : "what can't be told from here";
  if (final.length === 0) return `brings ${complete ? "no objects" : more}.`;
  return `brings ${counted(final.length, "object")}${more && `, and ${more}`}:\n\n${listOfObjects(final)}`;
}

/** `It builds on "../common".`, `It takes in the component "../auth".` */
function below({ root, workspace }: Manifest, folder: string): readonly string[] {
  const isFolder = (text: string) => workspace.files.kind(resolve(folder, text)) === "directory";
  const namesIn = (field: string) => stringsOf(root, field).map(({ text }) => text);
  const bases = [...namesIn("resources"), ...namesIn("bases")].filter(isFolder);
  const components = namesIn("components");
  return [
    ...(bases.length > 0 ? [`It builds on ${listed(bases)}.`] : []),
    ...(components.length > 0
      ? [`It takes in the ${byCount(components, "component", "components")} ${listed(components)}.`]
      : []),
  ];
}
