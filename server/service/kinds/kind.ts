// A kind of string: what completion, hover and links know about every string whose schema carries its name.

import type { JsonSchema } from "../schema/jsonSchema.js";
import type { Manifest } from "../systems/system.js";
import type { KeyPath, ScalarNode } from "../text/node.js";

export interface Use {
  readonly manifest: Manifest;
  readonly schema: JsonSchema;
  readonly at: KeyPath;
  /** What is written so far; "" when nothing is. */
  readonly text: string;
  readonly node: ScalarNode | undefined;
}

export interface Choice {
  readonly value: string;
  readonly kind: "file" | "folder" | "reference" | "value";
  readonly detail?: string;
  readonly documentation?: string;
  /** More can be completed behind it. */
  readonly continues?: boolean;
}

export interface Kind {
  complete?(use: Use): readonly Choice[];
  /** Markdown about this very string; undefined when there is nothing to say. */
  hover?(use: Use): string | undefined;
  /** File or folder that the string names, as an absolute path that exists. */
  target?(use: Use): string | undefined;
}
