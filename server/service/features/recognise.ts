// Whose file is it? By path and content, or by the user's association, always with a reason. A file that nobody claims
// gets no output of any kind.

import type { Position } from "vscode-languageserver-types";
import { isInEmbedded, parseEmbedded } from "../embedded/embedding.js";
import type { Workspace } from "../systems/facts.js";
import { SYSTEMS } from "../systems/index.js";
import { makeManifest } from "../systems/manifest.js";
import type { ServiceSettings } from "../systems/settings.js";
import type { DocumentKind, Manifest, System } from "../systems/system.js";
import { straightened } from "../text/mistakes/straighten.js";
import { type Parsed, rewritten } from "../text/parsed.js";
import { readText } from "../text/readText.js";
import { isMeant } from "./globs.js";

export interface Recognition {
  readonly manifest?: Manifest;
  /** Documents of another kind that stand inside the file, whether it is ours as a whole or not, in their order. */
  readonly embedded: readonly Manifest[];
  /** One clause for the status item, whether ours or not. */
  readonly reason: string;
  /** Whether a setting decided. */
  readonly associated: boolean;
}

/** `"system/document"` of every document kind, as `plugsmith.associations` takes them. */
export const DOCUMENT_IDS: readonly string[] = SYSTEMS.flatMap(({ id, documents }) =>
  documents.map((one) => `${id}/${one.id}`),
);

export function recognise(parsed: Parsed, workspace: Workspace, settings: ServiceSettings): Recognition {
  const path = parsed.path ?? parsed.uri;
  const associated = associationOf(path, workspace, settings);
  if (associated === "off") return { embedded: [], reason: "switched off by plugsmith.associations", associated: true };
  if (associated) {
    const [system, kind] = associated;
    const verdict = { ours: true, reason: "set by plugsmith.associations" };
    return {
      manifest: makeManifest({ parsed, system, kind, verdict, workspace, settings }),
      embedded: [],
      reason: verdict.reason,
      associated: true,
    };
  }
  const refused: string[] = [];
  let straight: Parsed | undefined | "unknown" = "unknown";
  for (const system of SYSTEMS) {
    for (const kind of system.documents) {
      if (!kind.fits(path)) continue;
      let verdict = kind.recognise(parsed, workspace);
      if (!verdict.ours) {
        if (straight === "unknown") straight = straightened(parsed);
        const meant = straight && kind.recognise(straight, workspace);
        if (meant?.ours) verdict = meant;
      }
      if (verdict.ours) {
        return {
          manifest: makeManifest({ parsed, system, kind, verdict, workspace, settings }),
          // What the file's own reader refuses, its own rules tell.
          embedded: kind.embedded
            ? []
            : embeddedIn(parsed, path, workspace, settings).filter(
                (one) => one.parsed.embedding?.garbled?.isRefused !== true,
              ),
          reason: verdict.reason,
          associated: false,
        };
      }
      refused.push(`not ${kind.title}: ${verdict.reason}`);
    }
  }
  const embedded = embeddedIn(parsed, path, workspace, settings);
  const [first] = embedded;
  const reason = first ? `inside it: ${first.verdict.reason}` : refused.join("; ");
  return { embedded, reason: reason || "no plugin manifest has such a name", associated: false };
}

/**
 * A file that manifests of ours use and that is none itself, as a document that only helps to write it; of several documents
 * the one at `position`.
 */
export function usedDocument(
  whole: Parsed,
  workspace: Workspace,
  settings: ServiceSettings,
  position?: Position,
): Manifest | undefined {
  if (SYSTEMS.every(({ id, used }) => !used || workspace.manifests(id).length === 0)) return undefined;
  const parsed = position ? documentAt(whole, whole.document.offsetAt(position)) : whole;
  for (const system of SYSTEMS) {
    // Without manifests nobody uses it, and what is known of the system needn't be loaded.
    const kind = workspace.manifests(system.id).length > 0 ? system.used?.(parsed, workspace) : undefined;
    const verdict = { ours: true, reason: "a manifest uses it" };
    if (kind) return makeManifest({ parsed, system, kind, verdict, workspace, settings });
  }
  return undefined;
}

/** One document of several by itself, at its own place: blanks stand where the others are. */
function documentAt(parsed: Parsed, offset: number): Parsed {
  const { documents } = parsed.tree;
  const own = documents.findLast(({ start }) => start <= offset);
  if (documents.length < 2 || !own || parsed.syntax !== "yaml") return parsed;
  const { text } = parsed;
  const start = markerBefore(text, own === documents[0] ? 0 : offset);
  const end = text.slice(offset).search(/^---(?=\s|$)/m);
  const blank = (part: string) => part.replace(/[^\r\n]/g, " ");
  const stop = end < 0 ? text.length : offset + end;
  const alone = blank(text.slice(0, start)) + text.slice(start, stop) + blank(text.slice(stop));
  return rewritten(parsed, alone, readText(alone, parsed.syntax).tree);
}

/** Behind the line that parts a document from the one before. */
function markerBefore(text: string, offset: number): number {
  const found = [...text.slice(0, offset).matchAll(/^---[^\r\n]*\r?\n/gm)].at(-1);
  return found ? found.index + found[0].length : 0;
}

/** Every document of ours in a file: the file itself first, and those inside it. */
export const manifestsOf = ({ manifest, embedded }: Recognition): readonly Manifest[] =>
  manifest ? [manifest, ...embedded] : embedded;

/** The document of ours at a place of the file. */
export function manifestAt(
  { manifest, embedded }: Recognition,
  outer: Parsed,
  position: Position,
): Manifest | undefined {
  return embedded.find(({ parsed }) => isInEmbedded(parsed, outer.document, position)) ?? manifest;
}

function embeddedIn(outer: Parsed, path: string, workspace: Workspace, settings: ServiceSettings): readonly Manifest[] {
  return SYSTEMS.flatMap((system) =>
    system.documents.flatMap((kind) => {
      const { embedded } = kind;
      if (!embedded?.fits(path)) return [];
      return embedded.find(outer, workspace.files).flatMap((value) => {
        const parsed = parseEmbedded(outer, value);
        const verdict = embedded.recognise(parsed, workspace, outer);
        return verdict.ours ? [makeManifest({ parsed, system, kind, verdict, workspace, settings })] : [];
      });
    }),
  );
}

/** Whether a file of this path, though not ours, may hold a document of ours. */
export function mayEmbed(path: string): boolean {
  return SYSTEMS.some(({ documents }) => documents.some(({ embedded }) => embedded?.fits(path)));
}

/** Whether it bears a name for which that is usual, so that a whole workspace is searched for such files. */
export function usuallyEmbeds(path: string): boolean {
  return SYSTEMS.some(({ documents }) => documents.some(({ embedded }) => embedded?.isUsual(path)));
}

/** Whether any system could claim a file of this path; cheap, for opened files and for walks. */
export function mayBeManifest(path: string, settings: ServiceSettings, workspace: Workspace): boolean {
  return (
    SYSTEMS.some(({ documents }) => documents.some((kind) => kind.fits(path))) ||
    associationOf(path, workspace, settings) !== undefined
  );
}

function associationOf(
  path: string,
  { roots }: Workspace,
  { associations }: ServiceSettings,
): [System, DocumentKind] | "off" | undefined {
  const entries = Object.entries(associations);
  if (entries.length === 0) return undefined;
  const shorter = roots.filter((root) => path.startsWith(`${root}/`)).map((root) => path.slice(root.length + 1));
  for (const [glob, target] of entries) {
    if (!isMeant(glob, [path, ...shorter])) continue;
    if (target === "off") return "off";
    const system = SYSTEMS.find(({ id }) => target.startsWith(`${id}/`));
    const kind = system?.documents.find(({ id }) => target === `${system.id}/${id}`);
    if (system && kind) return [system, kind];
  }
  return undefined;
}
