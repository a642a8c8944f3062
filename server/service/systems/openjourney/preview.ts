// What OpenJourney makes of a plugin: the image it builds, and the names by which it takes the plugin's objects down. By the
// guide, and by the one version of the server's code that is known.

import type { Preview, PreviewItem, PreviewSection } from "../preview.js";
import type { Manifest } from "../system.js";
import { kustomizationAt } from "./model/kustomization.js";
import { mappingIn, type Plugin, pluginOf } from "./model/plugin.js";
import { stringsOf } from "./model/reading.js";

export function previewOf(manifest: Manifest): Preview | undefined {
  if (manifest.parsed.path === undefined) return undefined;
  const plugin = pluginOf(manifest.parsed.path, manifest.workspace.files);
  const sections = plugin === undefined ? [] : [image(manifest, plugin), names(manifest, plugin)];
  return { title: "rendered", sections };
}

function image({ workspace }: Manifest, { name, root }: Plugin): PreviewSection {
  const isThere = workspace.files.kind(`${root}/Dockerfile`) === "file";
  const row: PreviewItem = isThere
    ? {
        label: `localhost:32000/${name}`,
        detail: "built from its Dockerfile, with the project's root as context",
        mood: "good",
      }
    : { label: "no image", detail: "the plugin has no Dockerfile, so the server skips it", mood: "bad" };
  return { title: "Image", rows: [row] };
}

function names(manifest: Manifest, plugin: Plugin): PreviewSection {
  const { listed, from } = namesOf(manifest, plugin);
  return {
    title: "Names",
    note: `By these, with the environment's name in front (local-, production-), it takes Deployments, Jobs, StatefulSets, DaemonSets and Services down; ${from}.`,
    rows: listed.map((label) => ({ label })),
  };
}

/** kustomization.yaml alone counts, by its `resources`; then the old mapping; then the defaults. */
function namesOf(
  { workspace: { files } }: Manifest,
  { name, kubernetes }: Plugin,
): { readonly listed: readonly string[]; readonly from: string } {
  const own = `${kubernetes}/kustomization.yaml`;
  const isThere = files.kind(own) === "file";
  const resources = stringsOf(isThere ? kustomizationAt(own, files)?.root : undefined, "resources");
  if (resources.length > 0) {
    const listed = resources.map(({ text }) => withoutExtension(text));
    return { listed, from: "made of the entries of resources, without their extensions" };
  }
  const mapping = isThere ? undefined : files.read(`${kubernetes}/resource_mapping.py`);
  const mapped = mapping === undefined ? "none" : mappingIn(mapping);
  if (typeof mapped !== "string") return { listed: mapped, from: "listed in resource_mapping.py" };
  if (mapped === "dynamic") return { listed: [], from: "code in resource_mapping.py makes them" };
  return { listed: [`${name}-deployment`, `${name}-service`], from: "the defaults, since nothing else is listed" };
}

const withoutExtension = (entry: string): string => entry.replace(/(?<=[^/.][^/]*)\.[^./]*$/, "");
