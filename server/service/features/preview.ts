// What a host will make of a manifest, with what is wrong told at the row that it is about: a row must not look fine while the
// host refuses what stands behind it.

import { manifestFrom } from "../systems/manifest.js";
import type { Preview, PreviewItem, PreviewSection } from "../systems/preview.js";
import type { Problem } from "../systems/problem.js";
import type { Manifest } from "../systems/system.js";
import { append } from "../text/grouped.js";
import { isBomb } from "../text/reading.js";
import type { Diagnose } from "./diagnose.js";

export function preview(manifest: Manifest, diagnose: Diagnose): Preview | undefined {
  // Whoever writes its values out runs out of memory, as the host does.
  if (manifest.system.preview && isBomb(manifest.parsed.tree, manifest.root))
    return { title: "what the host makes of it", sections: [refused(diagnose(manifest), manifest.parsed.path)] };
  const found = manifest.system.preview?.(manifest);
  if (found?.tellsProblems !== true) return found;
  // Silenced or not, it is what the host does.
  const asHostSees = manifestFrom(manifest, manifest.parsed, { settings: { ...manifest.settings, rules: {} } });
  const problems = diagnose(asHostSees).filter(({ severity }) => severity === "error" || severity === "warning");
  return { ...found, sections: withProblems(found.sections, problems, manifest.parsed.path) };
}

function withProblems(
  sections: readonly PreviewSection[],
  problems: readonly Problem[],
  path: string | undefined,
): readonly PreviewSection[] {
  const rows = sections.flatMap((section) => section.rows);
  const around = ({ span: [start] }: Problem) => rows.filter((row) => isAround(row, path, start)).sort(bySize)[0];
  const own = new Map<PreviewItem, Problem[]>();
  const elsewhere: Problem[] = [];
  for (const problem of problems) {
    const row = around(problem);
    if (row === undefined) elsewhere.push(problem);
    else append(own, row, problem);
  }
  const told = sections.map((section) => ({
    ...section,
    rows: section.rows.map((row) => withOwn(row, own.get(row) ?? [])),
  }));
  const refusals = elsewhere.filter(({ severity }) => severity === "error");
  return [...(refusals.length > 0 ? [refused(refusals, path)] : []), ...told];
}

function isAround({ place }: PreviewItem, path: string | undefined, at: number): boolean {
  if (place?.span === undefined || place.path !== path) return false;
  const [start, end] = place.span;
  return start <= at && at < end;
}

const sizeOf = ({ place }: PreviewItem): number => (place?.span ? place.span[1] - place.span[0] : Infinity);
const bySize = (one: PreviewItem, other: PreviewItem): number => sizeOf(one) - sizeOf(other);

/** A row that is wrong in its own words needs no more of them. */
function withOwn(row: PreviewItem, problems: readonly Problem[]): PreviewItem {
  if (row.mood === "bad" || problems.length === 0) return row;
  const isBad = problems.some(({ severity }) => severity === "error");
  const said = [...new Set(problems.map(({ message }) => message))];
  return { ...row, mood: isBad ? "bad" : "attention", notes: [...(row.notes ?? []), ...said] };
}

function refused(problems: readonly Problem[], path: string | undefined): PreviewSection {
  return {
    title: "The host does not take it as it is",
    rows: problems.map(({ message, span }) => ({
      label: message,
      mood: "bad",
      ...(path !== undefined && { place: { path, span } }),
    })),
  };
}
