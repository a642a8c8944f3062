// Nodes that know where they stand by the part of the text they belong to. When text before a part grows or shrinks, the
// part's origin moves, and thousands of nodes are right again without being touched. Made by the readers of this folder alone.

import type { AliasNode, ListNode, MapNode, Node, Pair, ScalarNode, ScalarStyle } from "./node.js";

/** Where a part of the text begins; the one thing about a tree that changes, and only while the next version is made. */
export class Origin {
  // Of a class of its own, so that V8 keeps it as the small integer it is: objects of one field `at` written elsewhere, with a
  // time in it, would share a shape with these, and each place would become a number in a box of its own.
  constructor(public at: number) {}
}

/** What the nodes of one part count from: its origin, and the offset in the text that was read which falls on it. */
export interface Base {
  readonly origin: Origin;
  readonly zero: number;
}

/** What all have in common. A long file has a hundred thousand of them: what they all say alike stands in the class alone. */
abstract class Placed {
  constructor(
    private readonly origin: Origin,
    private readonly from: number,
    private readonly to: number,
  ) {}
  get start(): number {
    return this.origin.at + this.from;
  }
  get end(): number {
    return this.origin.at + this.to;
  }
  get tag(): string | undefined {
    return undefined;
  }
  get anchor(): string | undefined {
    return undefined;
  }
}

export class PlacedScalar extends Placed implements ScalarNode {
  constructor(
    origin: Origin,
    from: number,
    to: number,
    readonly text: string,
    readonly style: ScalarStyle,
  ) {
    super(origin, from, to);
  }
  get kind() {
    return "scalar" as const;
  }
}

export class PlacedAlias extends Placed implements AliasNode {
  constructor(
    origin: Origin,
    from: number,
    to: number,
    readonly name: string,
    readonly target?: Node | undefined,
  ) {
    super(origin, from, to);
  }
  get kind() {
    return "alias" as const;
  }
}

export class PlacedPair extends Placed implements Pair {
  constructor(
    origin: Origin,
    from: number,
    to: number,
    readonly key: Node | undefined,
    readonly value: Node | undefined,
  ) {
    super(origin, from, to);
  }
}

export class PlacedMap extends Placed implements MapNode {
  /** Copied: a list that is filled one by one keeps room for some twenty, and most maps have few. */
  readonly pairs: readonly Pair[];

  constructor(
    origin: Origin,
    from: number,
    to: number,
    readonly flow: boolean,
    pairs: readonly Pair[],
  ) {
    super(origin, from, to);
    this.pairs = pairs.slice();
  }
  get kind() {
    return "map" as const;
  }
}

export class PlacedList extends Placed implements ListNode {
  /** Copied like the pairs of a map. */
  readonly items: readonly (Node | undefined)[];

  constructor(
    origin: Origin,
    from: number,
    to: number,
    readonly flow: boolean,
    items: readonly (Node | undefined)[],
  ) {
    super(origin, from, to);
    this.items = items.slice();
  }
  get kind() {
    return "list" as const;
  }
}

/** The same node with a tag or an anchor, which few have. */
export function marked<Kind extends PlacedScalar | PlacedMap | PlacedList>(
  node: Kind,
  { tag, anchor }: { readonly tag: string | undefined; readonly anchor: string | undefined },
): Kind {
  return tag === undefined && anchor === undefined
    ? node
    : Object.defineProperties(node, { tag: { value: tag }, anchor: { value: anchor } });
}

/** Where a list or an object in parts begins and ends now. */
export interface Extent {
  start(): number;
  end(): number;
}

/** What stands in parts: made anew at each key, so that its places are no accessors of its own. */
abstract class Long {
  constructor(private readonly extent: Extent) {}
  get start(): number {
    return this.extent.start();
  }
  get end(): number {
    return this.extent.end();
  }
}

export class LongList extends Long implements ListNode {
  constructor(
    extent: Extent,
    readonly flow: boolean,
    readonly items: ListNode["items"],
  ) {
    super(extent);
  }
  get kind() {
    return "list" as const;
  }
}

export class LongMap extends Long implements MapNode {
  constructor(
    extent: Extent,
    readonly flow: boolean,
    readonly pairs: readonly Pair[],
  ) {
    super(extent);
  }
  get kind() {
    return "map" as const;
  }
}

/** A pair whose value is in parts. */
export class LongPair extends Long implements Pair {
  constructor(
    extent: Extent,
    readonly key: Node | undefined,
    readonly value: Node,
  ) {
    super(extent);
  }
}
