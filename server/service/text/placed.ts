// Nodes that know where they stand by the part of the text they belong to. When text before a part grows or shrinks, the
// part's origin moves, and thousands of nodes are right again without being touched. Made by the readers of this folder alone.

import type { AliasNode, ListNode, MapNode, Node, Pair, ScalarNode, ScalarStyle } from "./node.js";

/** Where a part of the text begins; the one thing about a tree that changes, and only while the next version is made. */
export interface Origin {
  at: number;
}

/** What the nodes of one part count from: its origin, and the offset in the text that was read which falls on it. */
export interface Base {
  readonly origin: Origin;
  readonly zero: number;
}

export class PlacedScalar implements ScalarNode {
  readonly kind = "scalar";
  constructor(
    private readonly origin: Origin,
    private readonly from: number,
    private readonly to: number,
    readonly text: string,
    readonly style: ScalarStyle,
    readonly tag?: string | undefined,
    readonly anchor?: string | undefined,
  ) {}
  get start(): number {
    return this.origin.at + this.from;
  }
  get end(): number {
    return this.origin.at + this.to;
  }
}

export class PlacedAlias implements AliasNode {
  readonly kind = "alias";
  constructor(
    private readonly origin: Origin,
    private readonly from: number,
    private readonly to: number,
    readonly name: string,
    readonly target?: Node | undefined,
  ) {}
  get start(): number {
    return this.origin.at + this.from;
  }
  get end(): number {
    return this.origin.at + this.to;
  }
}

export class PlacedPair implements Pair {
  constructor(
    private readonly origin: Origin,
    private readonly from: number,
    private readonly to: number,
    readonly key: Node | undefined,
    readonly value: Node | undefined,
  ) {}
  get start(): number {
    return this.origin.at + this.from;
  }
  get end(): number {
    return this.origin.at + this.to;
  }
}

export class PlacedMap implements MapNode {
  readonly kind = "map";
  constructor(
    private readonly origin: Origin,
    private readonly from: number,
    private readonly to: number,
    readonly flow: boolean,
    readonly pairs: readonly Pair[],
    readonly tag?: string | undefined,
    readonly anchor?: string | undefined,
  ) {}
  get start(): number {
    return this.origin.at + this.from;
  }
  get end(): number {
    return this.origin.at + this.to;
  }
}

export class PlacedList implements ListNode {
  readonly kind = "list";
  constructor(
    private readonly origin: Origin,
    private readonly from: number,
    private readonly to: number,
    readonly flow: boolean,
    readonly items: readonly (Node | undefined)[],
    readonly tag?: string | undefined,
    readonly anchor?: string | undefined,
  ) {}
  get start(): number {
    return this.origin.at + this.from;
  }
  get end(): number {
    return this.origin.at + this.to;
  }
}

/** Where a list or an object in parts begins and ends now. */
export interface Extent {
  start(): number;
  end(): number;
}

export const longList = (extent: Extent, flow: boolean, items: ListNode["items"]): ListNode => ({
  kind: "list",
  flow,
  items,
  get start() {
    return extent.start();
  },
  get end() {
    return extent.end();
  },
});

export const longMap = (extent: Extent, flow: boolean, pairs: readonly Pair[]): MapNode => ({
  kind: "map",
  flow,
  pairs,
  get start() {
    return extent.start();
  },
  get end() {
    return extent.end();
  },
});

/** A pair whose value is in parts. */
export const longPair = (extent: Extent, key: Node | undefined, value: Node): Pair => ({
  key,
  value,
  get start() {
    return extent.start();
  },
  get end() {
    return extent.end();
  },
});
