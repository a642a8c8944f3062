// The layout of an OpenJourney plugin: Dockerfile, kustomization and manifests, and the names that the server derives
// from them. Firm where the guide speaks; what only the server's code shows stays information.

import { basename } from "../../../text/paths.js";
import { byCount, listed } from "../../sentence.js";
import type { Manifest, Report, Rule } from "../../system.js";
import { addResources } from "../fixes/entries.js";
import { convertMapping, createKustomization } from "../fixes/kustomization.js";
import { deleteFile, dockerfile, renameKustomization } from "../fixes/layout.js";
import { nameAfter } from "../fixes/nameAfter.js";
import { kustomizationIn } from "../model/kustomization.js";
import { placesOf } from "../model/placed.js";
import { mappingIn, type ObjectFile, objectFilesIn, type Plugin, pluginOf } from "../model/plugin.js";
import { itemsIn, pairOf, stringsOf, textOf } from "../model/reading.js";
import { referencesOf } from "../model/references.js";
import { isEmpty } from "./document.js";
import { pluginsOf } from "./inPlugins.js";
import { isMeantBySome } from "./missingFile.js";
import { startOf } from "./paths.js";

const CHECKED_KINDS = ["Deployment", "Job", "StatefulSet", "DaemonSet", "Service"];

/** Runs a check for manifests that lie in the kubernetes folder of a plugin. */
function inPlugin(check: (manifest: Manifest, report: Report, plugin: Plugin) => void) {
  return (manifest: Manifest, report: Report): void => {
    const plugin = pluginOf(manifest.parsed.path, manifest.workspace.files);
    if (plugin) check(manifest, report, plugin);
  };
}

/** Whether this file speaks for the plugin: its kustomization, or its first manifest where there is none. */
export function speaks({ parsed, kind, workspace }: Manifest, { kubernetes }: Plugin): boolean {
  if (kind.id === "kustomization") return true;
  if (hasKustomization(workspace.files, kubernetes)) return false;
  return objectFilesIn(kubernetes, workspace.files)[0]?.name === basename(parsed.path ?? "");
}

/** Whether it is the one kustomization that the server looks for. */
export const isServers = ({ parsed }: Manifest): boolean => basename(parsed.path ?? "") === "kustomization.yaml";

const hasKustomization = (files: Manifest["workspace"]["files"], folder: string): boolean =>
  ["kustomization.yaml", "kustomization.yml", "Kustomization"].some(
    (name) => files.kind(`${folder}/${name}`) === "file",
  );

const mappingPath = ({ kubernetes }: Plugin): string => `${kubernetes}/resource_mapping.py`;

export const mappingOf = ({ workspace }: Manifest, plugin: Plugin): string | undefined =>
  workspace.files.kind(mappingPath(plugin)) === "file" ? (workspace.files.read(mappingPath(plugin)) ?? "") : undefined;

export const pluginRules: readonly Rule[] = [
  {
    code: "openjourney/no-dockerfile",
    severity: "error",
    title: "a plugin folder without a Dockerfile",
    host: "The guide requires a file called exactly Dockerfile at the top of the plugin's folder; the server skips a folder without one, and builds no image for it.",
    fix: "add a Dockerfile, rename dockerfile, or move it up from a subfolder",
    check: inPlugin((manifest, report, plugin) => {
      const { files } = manifest.workspace;
      const listed = files.list(plugin.root);
      if (!listed || !speaks(manifest, plugin) || files.kind(`${plugin.root}/Dockerfile`) !== "none") return;
      const odd = listed.find(({ name }) => name.toLowerCase() === "dockerfile")?.name;
      const isDeep = files.kind(`${plugin.kubernetes}/Dockerfile`) === "file";
      const next = odd ? `rename "${odd}" to "Dockerfile"` : isDeep ? 'move the one in "kubernetes" up' : "add one";
      report(startOf(manifest), `the plugin "${plugin.name}" has no Dockerfile, so the server skips it; ${next}`, {
        fixes: dockerfile(plugin, files),
      });
    }),
  },
  {
    code: "openjourney/no-kustomization",
    severity: "warning",
    title: "manifests without a kustomization",
    host: "Without kubernetes/kustomization.yaml the server only knows its default names for the plugin's objects.",
    fix: "create kubernetes/kustomization.yaml and list the manifests under resources",
    documents: ["object"],
    check: inPlugin((manifest, report, plugin) => {
      if (!speaks(manifest, plugin) || mappingOf(manifest, plugin) !== undefined) return;
      report(
        startOf(manifest),
        `"kubernetes" of the plugin "${plugin.name}" has manifests but no kustomization.yaml; create one that lists them`,
        { fixes: createKustomization(plugin.kubernetes, manifest.workspace.files) },
      );
    }),
  },
  {
    code: "openjourney/kustomization-name",
    severity: "warning",
    title: "the server doesn't look for this file name",
    host: "kustomize takes kustomization.yml and Kustomization too; the server looks for kustomization.yaml alone.",
    fix: "rename the file to kustomization.yaml",
    documents: ["kustomization"],
    check: inPlugin((manifest, report) => {
      const path = manifest.parsed.path ?? "";
      const name = basename(path);
      if (name !== "kustomization.yaml")
        report(startOf(manifest), `the server looks for "kustomization.yaml", not "${name}"; rename the file`, {
          fixes: renameKustomization(path, manifest.workspace.files),
        });
    }),
  },
  {
    code: "openjourney/resource-mapping",
    each: true,
    severity: "warning",
    title: "resource_mapping.py is deprecated",
    host: "The guide replaces it by kustomization.yaml; the server still runs it where there is none.",
    fix: "list the manifests in kustomization.yaml and delete resource_mapping.py",
    check: inPlugin((manifest, report, plugin) => {
      // Beside kustomization.yaml it is never read, which is another rule's to tell.
      if (!speaks(manifest, plugin) || isServers(manifest) || mappingOf(manifest, plugin) === undefined) return;
      report(
        startOf(manifest),
        '"resource_mapping.py" is deprecated; list the manifests in kustomization.yaml and delete it',
        { fixes: manifest.kind.id === "object" ? convertMapping(plugin.kubernetes, manifest.workspace.files) : [] },
      );
    }),
  },
  {
    code: "openjourney/mapping-ignored",
    severity: "information",
    title: "resource_mapping.py beside a kustomization",
    host: "With kubernetes/kustomization.yaml the server never reads resource_mapping.py.",
    fix: "delete resource_mapping.py",
    documents: ["kustomization"],
    check: inPlugin((manifest, report, plugin) => {
      if (isServers(manifest) && mappingOf(manifest, plugin) !== undefined)
        report(
          startOf(manifest),
          '"resource_mapping.py" is deprecated, and the server never reads it beside this file; delete it',
          { fixes: [deleteFile(mappingPath(plugin))] },
        );
    }),
  },
  {
    code: "openjourney/mapping-shape",
    severity: "warning",
    title: "resource_mapping.py without the list",
    host: "The server wants a module variable RESOURCE_MAPPING that is a list; anything else leaves its default names.",
    wrong: 'RESOURCES = ["web"]',
    right: 'RESOURCE_MAPPING = ["web"]',
    fix: "convert it to kustomization.yaml",
    documents: ["object"],
    check: inPlugin((manifest, report, plugin) => {
      const text = mappingOf(manifest, plugin);
      if (text !== undefined && speaks(manifest, plugin) && mappingIn(text) === "none")
        report(
          startOf(manifest),
          '"resource_mapping.py" has no list RESOURCE_MAPPING, so the server uses its default names; write a kustomization.yaml',
          { fixes: convertMapping(plugin.kubernetes, manifest.workspace.files) },
        );
    }),
  },
  {
    code: "openjourney/unlisted",
    severity: "warning",
    title: "a manifest that the kustomization doesn't list",
    host: "kustomize builds only what resources list; the other manifests of the folder are never deployed.",
    fix: "add it to resources",
    documents: ["kustomization"],
    check: inPlugin((manifest, report, plugin) => {
      const left = unlistedIn(manifest, plugin);
      const pair = pairOf(manifest.root, "resources");
      if (!pair?.key || (itemsIn(pair.value)?.length ?? 0) === 0) return;
      for (const { name } of left)
        report(pair.key, `"${name}" is not listed, so it is never deployed; add it to resources`, {
          fixes: addResources(manifest, [name]),
        });
    }),
  },
  {
    code: "openjourney/no-resources",
    severity: "warning",
    title: "a kustomization that lists no manifest",
    host: "The guide wants every manifest under resources; without any, nothing of the folder is deployed and the server uses its default names.",
    fix: "list the manifests under resources",
    documents: ["kustomization"],
    check: inPlugin((manifest, report, plugin) => {
      const pair = pairOf(manifest.root, "resources");
      if (isEmpty(manifest) || (itemsIn(pair?.value)?.length ?? 0) > 0) return;
      const left = unlistedIn(manifest, plugin).map(({ name }) => name);
      if (left.length > 0)
        report(
          pair?.key ?? startOf(manifest),
          `no manifest is listed here, but there ${byCount(left, "is", "are")} ${listed(left, 3)}; add resources`,
          { fixes: addResources(manifest, left) },
        );
    }),
  },
  {
    code: "openjourney/default-name",
    severity: "information",
    title: "an object without the default name",
    host: "Without kustomization.yaml and resource_mapping.py the server looks for <plugin>-deployment and <plugin>-service.",
    fix: "create kustomization.yaml with this manifest",
    documents: ["object"],
    check: inPlugin((manifest, report, plugin) => {
      const { files } = manifest.workspace;
      if (hasKustomization(files, plugin.kubernetes) || mappingOf(manifest, plugin) !== undefined) return;
      const own = objectFilesIn(plugin.kubernetes, files).find(
        ({ name }) => name === basename(manifest.parsed.path ?? ""),
      );
      for (const { id, span } of own?.objects ?? []) {
        const wanted = `${plugin.name}-${id.kind.toLowerCase()}`;
        if (
          (id.kind === "Deployment" || id.kind === "Service") &&
          id.name !== wanted &&
          span[1] <= manifest.parsed.text.length
        )
          report(
            span,
            `without a kustomization the server looks for "${wanted}", not "${id.name}"; create kustomization.yaml`,
            { fixes: createKustomization(plugin.kubernetes, files) },
          );
      }
    }),
  },
  {
    code: "openjourney/name-mismatch",
    severity: "information",
    title: "a manifest that isn't named after its object",
    host: "When a plugin is removed the server takes each entry of resources without its extension for the name of an object; it doesn't open the files.",
    wrong: "resources:\n- deployment.yaml",
    right: "resources:\n- web.yaml",
    fix: "rename the file to <object name>.yaml and its entry",
    documents: ["kustomization"],
    check: inPlugin((manifest, report, plugin) => {
      if (!isServers(manifest)) return;
      const byName = new Map(
        objectFilesIn(plugin.kubernetes, manifest.workspace.files).map((file) => [file.name, file]),
      );
      for (const { node, text } of stringsOf(manifest.root, "resources")) {
        const derived = text.replace(/\.[^./]*$/, "");
        const objects = (byName.get(text.replace(/^\.\//, ""))?.objects ?? []).filter(({ id }) =>
          CHECKED_KINDS.includes(id.kind),
        );
        const other = objects.find(({ id }) => id.name !== derived)?.id;
        if (other && objects.every(({ id }) => id.name !== derived))
          report(
            node,
            `the server takes this entry for an object "${derived}", but it holds ${other.kind} "${other.name}"; name the file "${other.name}.yaml"`,
            { fixes: nameAfter(manifest, node, text, other.name) },
          );
      }
    }),
  },
  {
    code: "openjourney/plugin-name",
    each: true,
    severity: "warning",
    title: "a plugin name that images or objects can't have",
    host: "The folder's name becomes the name of the image, which must be lower case; with default names in force also of objects, which take a-z, 0-9 and - only.",
    fix: "rename the folder",
    check: inPlugin((manifest, report, plugin) => {
      if (!speaks(manifest, plugin)) return;
      const isDefault = manifest.kind.id === "object" && mappingOf(manifest, plugin) === undefined;
      if (plugin.name !== plugin.name.toLowerCase())
        report(
          startOf(manifest),
          `the folder name "${plugin.name}" becomes an image name, which must be lower case; rename the folder`,
        );
      else if (isDefault && !/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(plugin.name))
        report(
          startOf(manifest),
          `no object can be called "${plugin.name}-deployment", the server's default; create kustomization.yaml or rename the folder`,
        );
    }),
  },
];

/** Manifests that no field of the kustomization, and none of its local bases inside the folder, names. */
function unlistedIn(manifest: Manifest, { kubernetes }: Plugin): readonly ObjectFile[] {
  const { files } = manifest.workspace;
  const named = new Set(placesOf(manifest).flatMap(({ place }) => (place.is === "file" ? [place.path] : [])));
  for (const { manifest: plugin } of pluginsOf(manifest))
    for (const { place } of placesOf(plugin)) if (place.is === "file") named.add(place.path);
  for (const { place } of placesOf(manifest)) {
    if (place.is !== "folder") continue;
    for (const { text } of referencesOf(kustomizationIn(place.path, files)?.root)) named.add(`${place.path}/${text}`);
  }
  if (textOf(manifest.root, "kind") === "Component") return [];
  return objectFilesIn(kubernetes, files).filter(({ name }) => {
    const path = `${kubernetes}/${name}`;
    return !named.has(path) && !isMeantBySome(manifest, path);
  });
}
