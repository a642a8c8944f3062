// A built-in generator or transformer as the kustomization that does the same: its configuration under the field of its
// kind. So whatever is known of that field holds for the plugin, and nothing has to be said twice.

import { keyText, type ListNode, type MapNode, type Node, type Pair, type ScalarNode } from "../../../text/node.js";
import type { Parsed } from "../../../text/parsed.js";
import { type Counted, countedIn } from "./counted.js";
import type { Kustomization } from "./kustomization.js";
import { type KubeObject, plain } from "./objects.js";
import { decoded, GENERATORS, wrongPlugin } from "./plugins.js";
import { fieldOf, isNull, itemsIn, mapsOf, pairOf, textOf } from "./reading.js";

export interface PluginRoot {
  readonly kustomization: Kustomization;
  /** Whether it also changes the content of objects in ways that no field does. */
  readonly isVague: boolean;
}

/** Undefined for plugins of others, those that can't be configured, and those of which nothing is known. */
export function pluginRoot(
  { node, id }: KubeObject,
  parsed: Parsed,
  outer: Kustomization,
  field: string,
): PluginRoot | undefined {
  const { kind } = id;
  if (plain(node, "apiVersion") !== "builtin" || kind in GENERATORS !== (field === "generators")) return undefined;
  const make = FIELDS[kind];
  if (!make || wrongPlugin(kind, node)) return undefined;
  const read = decoded(kind, node);
  const made = make(read);
  if (!made) return undefined;
  const { pairs, isVague = false } = made;
  const root: MapNode = { kind: "map", flow: false, start: node.start, end: node.end, pairs };
  const counted = countedIn(read, "fieldSpecs");
  return { kustomization: { ...outer, parsed, root, plugin: { kind, name: id.name, counted } }, isVague };
}

export interface Plugin {
  readonly kind: string;
  readonly name: string;
  /** What a ReplicaCountTransformer looks for. */
  readonly counted: readonly Counted[];
}

interface Fields {
  readonly pairs: readonly Pair[];
  readonly isVague?: boolean;
}

const FIELDS: Readonly<Record<string, (node: MapNode) => Fields | undefined>> = {
  ConfigMapGenerator: (node) => ({ pairs: [field("configMapGenerator", node, [generator(node)])] }),
  SecretGenerator: (node) => ({ pairs: [field("secretGenerator", node, [generator(node)])] }),
  PatchTransformer: (node) => ({ pairs: [field("patches", node, [node])] }),
  PatchJson6902Transformer: (node) => ({
    pairs: [field("patchesJson6902", node, [renamedKey(node, "jsonOp", "patch")])],
  }),
  PatchStrategicMergeTransformer(node) {
    const paths = itemsIn(fieldOf(node, "paths")) ?? [];
    const patches = renamedPair(node, "patches", "patch");
    return {
      pairs: [
        ...(paths.length > 0 ? [field("patchesStrategicMerge", node, paths)] : []),
        ...(patches.length > 0 ? [field("patches", node, [{ ...spread(node), pairs: patches }])] : []),
      ],
    };
  },
  ReplacementTransformer(node) {
    const pair = pairOf(node, "replacements");
    return { pairs: pair ? [pair] : [] };
  },
  ReplicaCountTransformer(node) {
    const isVague = mapsOf(node, "fieldSpecs").some((spec) => textOf(spec, "path") !== "spec/replicas");
    return { pairs: under("replicas", node, "replica"), isVague };
  },
  ImageTagTransformer: (node) => ({
    pairs: under("images", node, "imageTag"),
    isVague: mapsOf(node, "fieldSpecs").length > 0,
  }),
  AnnotationsTransformer: () => ({ pairs: [], isVague: true }),
  LabelTransformer: () => ({ pairs: [], isVague: true }),
  PrefixTransformer: affix,
  SuffixTransformer: affix,
  PrefixSuffixTransformer: affix,
};

/** Names alone: where other fields get the prefix too, nobody knows what it does to the names. */
function affix(node: MapNode): Fields | undefined {
  const specs = mapsOf(node, "fieldSpecs");
  const isOfNames = specs.length === 1 && specs.every(isNameAlone);
  return isOfNames
    ? { pairs: [...renamedPair(node, "prefix", "namePrefix"), ...renamedPair(node, "suffix", "nameSuffix")] }
    : undefined;
}

const isNameAlone = (spec: MapNode): boolean =>
  textOf(spec, "path") === "metadata/name" &&
  spec.pairs.every((pair) => ["path", "create"].includes(keyText(pair) ?? ""));

/** Its name is that of the object where it has none of its own, and the old `env` isn't read. */
function generator(node: MapNode): MapNode {
  const metadata = fieldOf(node, "metadata");
  const own = (name: string): readonly Pair[] => {
    const pair = pairOf(metadata, name);
    return pair && (textOf(node, name) ?? "") === "" ? [pair] : [];
  };
  const pairs = node.pairs.filter((pair) => keyText(pair)?.toLowerCase() !== "env");
  return { ...spread(node), pairs: [...pairs, ...own("name"), ...own("namespace")] };
}

const spread = ({ start, end, flow }: MapNode): MapNode => ({ kind: "map", start, end, flow, pairs: [] });

function under(name: string, node: MapNode, own: string): readonly Pair[] {
  const pair = pairOf(node, own);
  return pair?.value && !isNull(pair.value)
    ? [{ ...placeOf(pair), key: keyOf(name, pair.key ?? node), value: listNode(pair.value, [pair.value]) }]
    : [];
}

function field(name: string, node: MapNode, items: readonly (Node | undefined)[]): Pair {
  return { ...placeOf(node), key: keyOf(name, node.pairs[0]?.key ?? node), value: listNode(node, items) };
}

function renamedKey(node: MapNode, from: string, to: string): MapNode {
  const pair = pairOf(node, from);
  const pairs = node.pairs.flatMap((one) => (one === pair ? renamedPair(node, from, to) : [one]));
  return { ...spread(node), pairs };
}

function renamedPair(node: MapNode, from: string, to: string): readonly Pair[] {
  const pair = pairOf(node, from);
  return pair ? [{ ...placeOf(pair), key: keyOf(to, pair.key ?? node), value: pair.value }] : [];
}

const placeOf = ({ start, end }: Pair | Node) => ({ start, end });

const keyOf = (text: string, { start, end }: Node): ScalarNode => ({
  kind: "scalar",
  text,
  style: "plain",
  start,
  end,
});

const listNode = ({ start, end }: Node, items: readonly (Node | undefined)[]): ListNode => ({
  kind: "list",
  flow: false,
  start,
  end,
  items,
});
