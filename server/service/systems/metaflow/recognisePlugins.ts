// Is this JSON file a PLUGINS value? `plugins.json` is a common name, so at least one entry has to be one that only
// this service reads, and such entries have to be no minority.

import { nearest } from "../../text/nearest.js";
import { keyText, type MapNode, type Node, type Pair } from "../../text/node.js";
import type { Parsed } from "../../text/parsed.js";
import { basename, dirname } from "../../text/paths.js";
import { has, tally } from "../../text/tally.js";
import type { Files, Workspace } from "../facts.js";
import { asList, asMap, asScalar } from "../read.js";
import type { Verdict } from "../system.js";
import { isGitAddress, repositoryOf } from "./gitAddress.js";
import { type Hint, hintsOf, otherManagerOf } from "./otherManagers.js";
import { AUTH_KEYS, ENTRY_KEYS, FOR_REF, isOneOf } from "./words.js";

export function looksLikePlugins(parsed: Parsed, { files }: Workspace): Verdict {
  const name = basename(parsed.path ?? parsed.uri);
  if (/\/ui_backend_service\/(PLUGINS|plugins)\.json$/.test(parsed.path ?? ""))
    return yes("it lies in the service's folder");
  const map = asMap(parsed.tree.documents[0]?.root);
  if (name === "config.plugins.json" && !(map && holdsSettings(map)))
    return yes("the service reads a file of this name");
  if (!map) {
    const local = parsed.embedding ? undefined : localOf(wordsOf(parsed), parsed.path, files, INSTALLED);
    return local === undefined ? no("the document is no object") : yes(`the plugin folder ${local} stands beside it`);
  }
  const traits = traitsAmong(map.pairs);
  if (has(traits, "foreign key")) return no(`it has ${map.pairs.map(keyText).find((key) => isOneOf(FOREIGN, key))}`);
  const count = (verdict: EntryVerdict) => traits.get(verdict) ?? 0;
  // A branch beside an address says no more than what stands around it.
  const isMixed = count("foreign") > 0;
  const fitting = count("ours") + (isMixed ? 0 : count("likely"));
  const foreign = count("foreign") + (isMixed ? count("likely") : 0);
  const isHinted = (hint: Hint) => has(traits, hint);
  const manager = fitting > 0 && !parsed.embedding ? otherManagerOf(map, isHinted, parsed.path, files) : undefined;
  if (manager !== undefined) return no(manager);
  if (fitting > 0 && fitting >= foreign) return yes("it registers plugins by repository or parameters");
  if (fitting > 0) return no("most of its entries are of another shape");
  const named = map.pairs.flatMap((pair) => (asMap(pair.value) ? (keyText(pair) ?? []) : []));
  const local = foreign === 0 && localOf(named, parsed.path, files, [...INSTALLED, ""]);
  return local ? yes(`the plugin folder ${local} stands beside it`) : no("no entry with a repository or parameters");
}

/** Keys of a package or settings file: their text may be a repository's address, but they are no identifiers. */
const FOREIGN = ["$schema", "homepage", "repository", "url", "version", "description", "plugins", "dependencies"];

/** "likely": a git address with a branch or tag, which other programs list as well. */
type EntryVerdict = "ours" | "likely" | "foreign" | "neither";

const traitsAmong = tally((pair: Pair): readonly (EntryVerdict | Hint | "foreign key")[] => {
  const key = keyText(pair) ?? "";
  const hints = [judge(key, pair.value), ...hintsOf(pair.value)] as const;
  return isOneOf(FOREIGN, key) ? [...hints, "foreign key"] : hints;
});

function judge(key: string, value: Node | undefined): EntryVerdict {
  const scalar = asScalar(value);
  if (scalar) return scalar.style !== "plain" && isGitAddress(scalar.text) ? "ours" : "neither";
  const pairs = asMap(value)?.pairs ?? [];
  const keys = pairs.map((pair) => keyText(pair) ?? "");
  if (keys.length === 0) return "neither";
  const wanted: readonly string[] = key === "auth" ? [...AUTH_KEYS, "password"] : ENTRY_KEYS;
  const known = keys.filter((one) => wanted.includes(one));
  const isStrange = (name: string) => !wanted.includes(name) && nearest(name, wanted).length === 0;
  const strange = pairs.filter((pair) => !isBegun(pair) && isStrange(keyText(pair) ?? ""));
  if (known.length === 0 || isShorthand(value)) return "foreign";
  if (known.every((one) => one === "ref") && !keys.some((one) => nearest(one, ["repository"]).length > 0))
    return "neither";
  if (strange.length === 0) return "ours";
  if (isGitAddress(repositoryOf(value)) && strange.every((pair) => isOneOf(FOR_REF, keyText(pair)))) return "likely";
  return strange.length < known.length ? "neither" : "foreign";
}

/** A key that is just being typed: it has no value yet, or is no more than its quotes. */
export const isBegun = (pair: Pair): boolean => !pair.value || keyText(pair) === "";

/** What bots keep under this name: for every plugin some settings, and none that a misspelt entry of ours could be. */
function holdsSettings(map: MapNode): boolean {
  return (
    map.pairs.length > 1 &&
    map.pairs.every((pair) => {
      const keys = asMap(pair.value)?.pairs.map((one) => keyText(one) ?? "") ?? [];
      const isOurs = (key: string) =>
        /^(repo|git|url|branch|tag|param)/.test(key) || nearest(key, ENTRY_KEYS).length > 0;
      return keyText(pair) !== "auth" && keys.length > 0 && !keys.some(isOurs);
    })
  );
}

/** `owner/name`, as registries write a GitHub repository; the service would take it for a folder. */
const isShorthand = (entry: Node | undefined): boolean => /^[\w-]+\/[\w.-]+$/.test(repositoryOf(entry));

const INSTALLED = ["/plugins/installed", "/installed"];

/** The first of the names with a plugin's folder near the file: `{"run-notes": {}}` says nothing by itself. */
function localOf(
  names: readonly string[],
  path: string | undefined,
  files: Files,
  below: readonly string[],
): string | undefined {
  if (path === undefined) return undefined;
  const places = below.map((place) => dirname(path) + place);
  const isPlugin = (name: string, place: string) => files.kind(`${place}/${name}/manifest.json`) === "file";
  return names.slice(0, 20).find((name) => name !== "" && places.some((place) => isPlugin(name, place)));
}

/** A list of names, as many a program has its plugins. */
const wordsOf = ({ tree }: Parsed): readonly string[] =>
  (asList(tree.documents[0]?.root)?.items ?? []).flatMap((item) => asScalar(item)?.text ?? []);

const yes = (reason: string): Verdict => ({ ours: true, reason });
const no = (reason: string): Verdict => ({ ours: false, reason });
