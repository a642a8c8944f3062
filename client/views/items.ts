// Tree items from view data: icon by mood, words always beside it, a label for screen readers on each.

import { MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from "vscode";
import type { Mood } from "./model/index.js";

export interface ItemFacts {
  /** Stable between refreshes, so that the tree keeps what is open and selected. */
  readonly id: string;
  readonly label: string;
  readonly state: string;
  readonly detail: string;
  readonly icon: string;
  readonly mood: Mood;
  /** First word says what it is, the others what can be done: "plugin loaded can:remove". */
  readonly context: string;
  /** What it is, for screen readers: "plugin notes, loaded". */
  readonly kind: string;
  readonly children: "open" | "closed" | "none";
}

export function itemOf(facts: ItemFacts): TreeItem {
  const item = new TreeItem(facts.label, collapsible[facts.children]);
  item.id = facts.id;
  item.description = facts.state;
  item.tooltip = plainMarkdown(facts.detail);
  item.iconPath = new ThemeIcon(facts.icon, colourOf(facts.mood));
  item.contextValue = facts.context;
  item.accessibilityInformation = { label: `${facts.kind} ${facts.label}, ${facts.state}`.trim() };
  return item;
}

const collapsible = {
  open: TreeItemCollapsibleState.Expanded,
  closed: TreeItemCollapsibleState.Collapsed,
  none: TreeItemCollapsibleState.None,
} as const;

function colourOf(mood: Mood): ThemeColor | undefined {
  if (mood === "good") return new ThemeColor("testing.iconPassed");
  if (mood === "attention") return new ThemeColor("list.warningForeground");
  if (mood === "bad") return new ThemeColor("list.errorForeground");
  return undefined;
}

/** Texts of hosts are shown as they are: none of it is markup. */
function plainMarkdown(text: string): MarkdownString {
  const markdown = new MarkdownString();
  for (const line of text.split("\n")) markdown.appendText(line).appendMarkdown("\n\n");
  return markdown;
}
