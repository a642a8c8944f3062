// Snippet data as it stands in snippets/<system>.json, checked where it comes in.

import type { Snippet } from "./system.js";

type SnippetData = Readonly<Record<string, Omit<Snippet, "title" | "slot"> & { readonly slot: string }>>;

export function snippetsFrom(data: SnippetData): readonly Snippet[] {
  return Object.entries(data).map(([title, { slot, ...rest }]) => ({ title, ...rest, slot: slotOf(slot, title) }));
}

function slotOf(slot: string, title: string): Snippet["slot"] {
  if (slot === "file" || slot === "key" || slot === "item") return slot;
  throw new Error(`the snippet "${title}" has the unknown slot "${slot}"`);
}
