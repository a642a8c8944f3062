// A plan as a list to agree to: its first row agrees, those below it show more and come back, and the rest is there to be read.

import { type QuickPickItem, QuickPickItemKind, window } from "vscode";
import { type Finding, sizeWords } from "../../ops/index.js";
import { sentence } from "../../sentence.js";

export interface PlanList {
  readonly title: string;
  /** The word on the row that agrees. */
  readonly verb: string;
  readonly summary: string;
  /** Rows that show something and bring the list back. */
  readonly shows: readonly Showing[];
  readonly rows: readonly QuickPickItem[];
}

export interface Showing {
  readonly label: string;
  readonly description: string;
  show(): Promise<void>;
}

/** False when the user leaves everything as it is. */
export async function agreedTo({ title, verb, summary, shows, rows }: PlanList): Promise<boolean> {
  const agree = { label: `$(check) ${verb}`, description: summary, alwaysShow: true };
  const showing = new Map<QuickPickItem, Showing>(
    shows.map((one) => [{ label: one.label, description: one.description, alwaysShow: true }, one]),
  );
  const placeHolder = `${verb}? Escape leaves everything as it is`;
  const options = { title, placeHolder, matchOnDescription: true, ignoreFocusOut: true };
  for (;;) {
    const choice = await window.showQuickPick([agree, ...showing.keys(), ...rows], options);
    if (choice === undefined || choice === agree) return choice === agree;
    await showing.get(choice)?.show();
  }
}

/** The plan as a text, which is more than the list has room for. */
export function wholePlan(show: () => Promise<void>): Showing {
  return { label: "$(list-flat) Show the Whole Plan", description: "in an editor", show };
}

export function findingRow({ severity, message }: Finding): QuickPickItem {
  const icon = severity === "information" ? "info" : severity;
  return { label: `$(${icon}) ${sentence(message)}` };
}

export interface Contents {
  readonly files: readonly { readonly path: string; readonly bytes?: number; readonly rule?: string }[];
  readonly leftOut: readonly { readonly path: string; readonly rule: string }[];
}

/** What goes in and what stays out, with the rule that says so. */
export function contentsRows({ files, leftOut }: Contents): readonly QuickPickItem[] {
  return [
    ...section(
      "Goes in",
      files.map(({ path, bytes, rule = "" }) => ({
        label: `$(file) ${path}`,
        description: [bytes === undefined ? "" : sizeWords(bytes), rule].filter(Boolean).join(" · "),
      })),
    ),
    ...section(
      "Stays out",
      leftOut.map(({ path, rule }) => ({ label: `$(circle-slash) ${path}`, description: rule })),
    ),
  ];
}

export function section(label: string, rows: readonly QuickPickItem[]): readonly QuickPickItem[] {
  return rows.length === 0 ? [] : [{ label, kind: QuickPickItemKind.Separator }, ...rows];
}
