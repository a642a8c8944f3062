// Whether after a rename every place still names what it named before: a new name can meet an expression, an older name, or the
// host's own way to read a text.

import { TextDocument } from "vscode-languageserver-textdocument";
import type { TextEdit } from "vscode-languageserver-types";
import type { Mention } from "../../systems/mention.js";
import { fromRoot } from "../../systems/shownPath.js";
import type { Manifest } from "../../systems/system.js";
import type { Span } from "../../text/node.js";
import { fileDocument, pathOf, rangeOf } from "../../text/parsed.js";
import { mentionsOf } from "./mentions.js";
import { stillWorkspace } from "./still.js";

/** The first place that would name something else, as a clause; undefined when none would. */
export function otherMeaning(
  { workspace, settings, parsed }: Manifest,
  { kind, name }: Mention,
  paths: readonly string[],
  changes: Readonly<Record<string, readonly TextEdit[]>>,
): string | undefined {
  const texts = new Map<string, string>();
  for (const [uri, edits] of Object.entries(changes)) {
    const path = pathOf(uri);
    const text = path === undefined ? undefined : path === parsed.path ? parsed.text : workspace.files.read(path);
    if (path !== undefined && text !== undefined)
      texts.set(path, TextDocument.applyEdits(fileDocument(uri, text), [...edits]));
  }
  const before = stillWorkspace(workspace, settings);
  const after = stillWorkspace(workspace, settings, texts);
  let renamedTo: string | undefined;
  for (const path of new Set([...paths, ...texts.keys()])) {
    const [then, now] = [before, after].map((one) => namedIn(one.documents(path), kind));
    for (const [at, was] of (then ?? []).entries()) {
      const is = now?.[at];
      const isIt = was.name === name;
      if (isIt && is?.at === was.at) renamedTo ??= is.name;
      if (is && is.at === was.at && is.name === (isIt ? renamedTo : was.name)) continue;
      const isGone = !now?.some((one) => one.at === was.at && one.name === (isIt ? renamedTo : was.name));
      return said(isGone || !is ? `${was.at} would no longer name ${was.name}` : `${is.at} would name ${is.name}`);
    }
    const more = now?.[then?.length ?? 0];
    if (more) return said(`${more.at} would name ${more.name}`);
  }
  return undefined;
}

const said = (clause: string): string => `${clause}; choose another name, or change it by hand`;

/** Each with its file and line, which a rename leaves as they are. */
const namedIn = (manifests: readonly Manifest[], kind: string) =>
  manifests.flatMap((manifest) =>
    mentionsOf(manifest)
      .filter((one) => one.kind === kind)
      .map(({ name, span }) => ({ name, at: placeIn(manifest, span) })),
  );

const placeIn = (manifest: Manifest, span: Span): string =>
  `${fromRoot(manifest.parsed.path ?? manifest.parsed.uri, manifest)}:${rangeOf(manifest.parsed, span).start.line + 1}`;
