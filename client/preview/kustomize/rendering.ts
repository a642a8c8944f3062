// The text of a rendering as a document: a head of comments that says where it comes from and what OpenJourney makes of the
// plugin, then the objects as kustomize wrote them. Pure.

import type { PreviewSection } from "../../../server/service/index.js";

export interface Head {
  readonly tool: string;
  /** The kustomization's folder, as the user knows it. */
  readonly from: string;
  readonly sections: readonly PreviewSection[];
  readonly warnings: readonly string[];
  readonly savedOnly?: string;
  /** The present text does not build: the objects below are of the last that did. */
  readonly failed?: string;
}

export interface RenderingText {
  readonly text: string;
  /** Lines of the head. */
  readonly head: number;
}

export function renderingText(
  { tool, from, sections, warnings, savedOnly, failed }: Head,
  objects: string,
): RenderingText {
  const lines = [
    `Rendered by ${tool} from ${from}. Read-only; it follows your edits.`,
    ...(failed === undefined ? [] : [`DOES NOT BUILD NOW: ${oneLine(failed)}`, objects === "" ? nothing : older]),
    ...(savedOnly === undefined ? [] : [`Unsaved edits are not in it: ${savedOnly}.`]),
    ...warnings.map((warning) => `kustomize warns: ${oneLine(warning)}`),
    ...sections.flatMap(sectionLines),
  ];
  const head = lines.flatMap(wrapped).map((line) => `# ${line}`.trimEnd());
  return { text: `${head.join("\n")}\n\n${objects}`, head: head.length + 1 };
}

const older = "Below is the last that did.";
const nothing = "Nothing has been rendered yet: correct what Problems shows, and the objects appear here.";

function sectionLines({ title, note, rows }: PreviewSection): readonly string[] {
  const items = rows.map(({ label, detail }) => (detail === undefined ? label : `${label} (${detail})`));
  return [
    `OpenJourney, ${title.toLowerCase()}: ${items.join(", ") || "none"}`,
    ...(note === undefined ? [] : [`  ${note}`]),
  ];
}

const width = 80;

/** Long lines go on below, further in: an editor beside the source has little room. */
function wrapped(line: string): readonly string[] {
  const indent = /^ */.exec(line)?.[0] ?? "";
  const rows: string[] = [];
  let row = "";
  for (const word of line.trimStart().split(" ")) {
    const isFull = row !== "" && row.length + word.length + 1 > width;
    if (isFull) rows.push(row);
    row = row === "" ? `${indent}${word}` : isFull ? `${indent}  ${word}` : `${row} ${word}`;
  }
  return [...rows, row];
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
