// Is this manifest.json a Metaflow UI plugin's? Web extensions, PWAs, Home Assistant, UI5, Foxx, Figma, Obsidian and
// build tools have files of that name, so either a key of theirs or the lack of ours keeps it silent.

import { nearest } from "../../text/nearest.js";
import { keyText, type MapNode, type Node } from "../../text/node.js";
import type { Parsed } from "../../text/parsed.js";
import { dirname } from "../../text/paths.js";
import type { Workspace } from "../facts.js";
import { asList, asMap, asScalar } from "../read.js";
import type { Verdict } from "../system.js";
import { CONTAINERS, HELPER, isOneOf, MANIFEST_KEYS, OLD_SLOTS, SLOTS } from "./words.js";
import { wrappedManifest } from "./wrapped.js";

export function looksLikeManifest(parsed: Parsed, { files }: Workspace): Verdict {
  const root = parsed.tree.documents[0]?.root;
  const installed = INSTALLED.test(parsed.path ?? "");
  const wrapped = wrappedManifest(root);
  if (
    wrapped &&
    tellingKey(fieldsOf(wrapped.map), wrapped.map) &&
    !FOREIGN.some((key) => fieldsOf(wrapped.map).has(key))
  )
    return yes(`a plugin's manifest stands under ${wrapped.name}`);
  const map = asMap(root) ?? asMap(asList(root)?.items[0]);
  if (!map) return byPlace(installed, root ? "the document is no object" : "the document is empty");
  const fields = fieldsOf(map);
  const foreign = FOREIGN.find((key) => fields.has(key));
  if (foreign) return no(`it has ${foreign}`);
  const telling = tellingKey(fields, map);
  if (telling) return yes(telling);
  if (!asMap(root) && !isOne(root, map)) return byPlace(installed, "the document is no object");
  if (parsed.tree.problems.length > 0 && fields.size === 0 && isOursByEye(parsed.text))
    return yes("its text sets a slot and an entrypoint");
  const other = [...LIKELY_FOREIGN].find((key) => fields.has(key));
  if (other) return no(`it has ${other}`);
  if (installed) return byPlace(true, "");
  const folder = parsed.path === undefined ? undefined : dirname(parsed.path);
  if (folder !== undefined && files.kind(`${folder}/${HELPER}`) === "file") return yes(`${HELPER} stands beside it`);
  return byEntrypoint(fields, map);
}

/** The service's folder of plugins; nobody else's lies at such a place. */
const INSTALLED = /(^|\/)plugins\/installed\/[^/]+\/([^/]+\/)*manifest\.json$/;

/** Keys that no plugin of Metaflow UI has and that settle whose file it is. */
const FOREIGN = [
  "manifest_version",
  "manifestVersion",
  "start_url",
  "short_name",
  "codeowners",
  "integration_type",
  "sap.app",
  "sap.ui5",
  "dxt_version",
  "mcpb_version",
  "minAppVersion",
  "editorType",
  "schemaVersion",
  "mediaType",
  "apiVersion",
];

/** Keys of others that a plugin could carry along; they decide only where no key of ours does. */
const LIKELY_FOREIGN = new Set([
  "id",
  "title",
  "appName",
  "schema_version",
  "display",
  "icons",
  "domain",
  "engines",
  "main",
  "scripts",
  "provides",
  "background",
  "permissions",
  "layers",
  "config",
  "kind",
  "runtime",
  "handler",
  "language",
  "files",
  "entrypoints",
  "theme_color",
  "background_color",
  "server",
  "tools",
]);

const fieldsOf = (map: MapNode): ReadonlyMap<string, Node | undefined> =>
  new Map(map.pairs.map((pair) => [keyText(pair) ?? "", pair.value]));

function tellingKey(fields: ReadonlyMap<string, Node | undefined>, map: MapNode): string | undefined {
  const slot = textOf(fields.get("slot"));
  // Web pages of every kind have a header and a top-nav, and put a component there, so these need more of ours.
  const isCommon = slot === "header" || slot === "top-nav";
  if (
    isOneOf([...SLOTS, ...OLD_SLOTS], slot) &&
    (!isCommon || fields.has("entrypoint") || (ourShare(map) > 0.5 && !fields.has("component")))
  )
    return `its slot is ${slot}`;
  if (fields.has("containerProps")) return "it has containerProps";
  if (fields.has("useApplicationStyles")) return "it has useApplicationStyles";
  const container = textOf(fields.get("container"));
  if (container !== "none" && isOneOf(CONTAINERS, container)) return `its container is ${container}`;
  return undefined;
}

function byEntrypoint(fields: ReadonlyMap<string, Node | undefined>, map: MapNode): Verdict {
  const entrypoint = textOf(fields.get("entrypoint"));
  if (entrypoint !== undefined && isPage(entrypoint) && ourShare(map) >= 0.5) return yes("its entrypoint is a page");
  const isPlain = map.pairs.every((pair) => isOneOf(MANIFEST_KEYS, keyText(pair)));
  const hasRest = fields.has("name") || fields.has("version");
  if (fields.has("slot") && (fields.has("entrypoint") || (isPlain && hasRest))) return yes("it has slot");
  if (fields.has("entrypoint") && isPlain && (hasRest || map.pairs.length === 1) && !isProgram(entrypoint))
    return yes("it has entrypoint");
  const miss = map.pairs.find((pair) => !isOneOf(MANIFEST_KEYS, keyText(pair)));
  const isNear = (key: string) => key.length > 8 && nearest(key, ["entrypoint"]).length > 0;
  if (miss && isNear(keyText(miss) ?? "") && isPage(textOf(miss.value) ?? "") && ourShare(map) * map.pairs.length >= 2)
    if (map.pairs.every((pair) => pair === miss || isOneOf(MANIFEST_KEYS, keyText(pair))))
      return yes(`it has ${keyText(miss)}`);
  return fields.has("entrypoint")
    ? no("its entrypoint is no page, and it has no slot")
    : no("neither a slot nor an entrypoint");
}

/** JavaScript's notation: keys without quotes, texts in single ones. No tree has its fields. */
const isOursByEye = (text: string): boolean =>
  /['"]?\bentrypoint['"]?\s*:/.test(text) &&
  /['"]?\bslot['"]?\s*:\s*['"](task-details|run-header|header|top-nav)['"]/.test(text);

/** A list of one manifest and nothing else, with all that the service asks for. */
const isOne = (root: Node | undefined, { pairs }: MapNode): boolean =>
  asList(root)?.items.length === 1 &&
  pairs.every((pair) => isOneOf(MANIFEST_KEYS, keyText(pair))) &&
  ["name", "version", "entrypoint"].every((key) => pairs.some((pair) => keyText(pair) === key));

/** How many of the keys are a plugin's: a description and an author can stand beside them, a whole app's fields can't. */
function ourShare({ pairs }: MapNode): number {
  return pairs.filter((pair) => isOneOf(MANIFEST_KEYS, keyText(pair))).length / pairs.length;
}

const isPage = (entrypoint: string): boolean => /\.x?html?$/i.test(entrypoint.replace(/[?#].*$/s, ""));

/** `main.py`, `bin/run`, `app:main`: a program's entrypoint, not a page's. */
const isProgram = (entrypoint: string | undefined): boolean =>
  entrypoint !== undefined && entrypoint !== "" && !/^(https?:)?\/\//i.test(entrypoint) && /[.:/]/.test(entrypoint);

function byPlace(installed: boolean, otherwise: string): Verdict {
  return installed ? yes("it lies in plugins/installed, where the service looks for plugins") : no(otherwise);
}

const textOf = (node: Node | undefined): string | undefined => {
  const scalar = asScalar(node);
  return scalar && scalar.style !== "plain" ? scalar.text : undefined;
};

const yes = (reason: string): Verdict => ({ ours: true, reason });
const no = (reason: string): Verdict => ({ ours: false, reason });
