// The plugins directories of a host as a compose file near the plugin sets them up: folders of this disk that are mounted where
// RUNTIME_PLUGIN_DIRS, or the image without it, looks. Nothing is known of hosts that are set up in other ways.

import { keyText, type Node } from "../../text/node.js";
import { dirname, isInside, resolve } from "../../text/paths.js";
import { readText } from "../../text/readText.js";
import { remember } from "../../text/remember.js";
import type { Files } from "../facts.js";
import { asList, asMap, asScalar } from "../read.js";
import type { Manifest } from "../system.js";

/** Absolute paths. */
export function mountedPluginDirs({ folder, workspace: { files, roots } }: Manifest): readonly string[] {
  const found: string[] = [];
  const root = roots.find((one) => folder !== undefined && isInside(folder, one));
  for (let at = folder; root !== undefined && at !== undefined && isInside(at, root); at = dirname(at)) {
    for (const name of COMPOSE) found.push(...dirsIn(`${at}/${name}`, files));
    if (at === dirname(at)) break;
  }
  return found;
}

const COMPOSE = ["compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"];
const VARIABLE = "RUNTIME_PLUGIN_DIRS";
/** Of the image and of the chart. */
const USUAL = "/data/.plugins:/data/plugins";

function dirsIn(path: string, files: Files): readonly string[] {
  const text = files.read(path);
  if (text === undefined || !/buntime|RUNTIME_PLUGIN_DIRS/.test(text)) return [];
  const known = READ(files).get(path);
  if (known?.text === text) return known.dirs;
  const root = readText(text, "yaml").tree.documents[0]?.root;
  const services = asMap(under(root, "services"))?.pairs ?? [];
  const dirs = services.flatMap(({ value }) => mounted(value, dirname(path)));
  READ(files).set(path, { text, dirs });
  return dirs;
}

/** What was read of compose files, while their text stays the same. */
const READ = remember(
  (_files: Files) => new Map<string, { readonly text: string; readonly dirs: readonly string[] }>(),
);

function mounted(service: Node | undefined, folder: string): string[] {
  const image = asScalar(under(service, "image"))?.text ?? "";
  const set = variableIn(under(service, "environment")) ?? (/buntime/.test(image) ? USUAL : undefined);
  // What is filled in later may be anything.
  const dirs = set === undefined || set.includes("$") ? [] : set.split(":").map((one) => resolve("/", one));
  return (asList(under(service, "volumes"))?.items ?? []).flatMap((item) => {
    const [source, target] = mountOf(item);
    if (source === undefined || target === undefined || !/^\.{0,2}\//.test(source)) return [];
    const inside = dirs.filter((dir) => isInside(dir, resolve("/", target)));
    return inside.map((dir) => resolve(folder, `${source}/${dir.slice(resolve("/", target).length)}`));
  });
}

/** `./plugins:/data/plugins:ro`, or the same as a map. */
function mountOf(item: Node | undefined): readonly (string | undefined)[] {
  const short = asScalar(item)?.text;
  return short === undefined ? ["source", "target"].map((key) => asScalar(under(item, key))?.text) : short.split(":");
}

function variableIn(environment: Node | undefined): string | undefined {
  const listed = (asList(environment)?.items ?? []).flatMap((item) => asScalar(item)?.text ?? []);
  const line = listed.find((one) => one.startsWith(`${VARIABLE}=`));
  return line?.slice(VARIABLE.length + 1) ?? asScalar(under(environment, VARIABLE))?.text;
}

const under = (node: Node | undefined, key: string): Node | undefined =>
  asMap(node)?.pairs.find((pair) => keyText(pair) === key)?.value;
