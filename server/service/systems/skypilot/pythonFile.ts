// The Python side of the names: classes and parameters of a module, for the manifests that list them. What Python names in Python is
// told by other extensions; a rename alone reaches both.

import type { Parsed } from "../../text/parsed.js";
import { remember } from "../../text/remember.js";
import { documentsIn, type Workspace } from "../facts.js";
import type { Mention } from "../mention.js";
import type { DocumentKind, Manifest } from "../system.js";
import { mentionsIn } from "./mentions.js";

const PYTHON: DocumentKind = {
  id: "python",
  title: "Python module with plugins",
  isForeign: true,
  reading: { dialect: "pyyaml", nullIsAbsent: "top", anyCase: false },
  globs: [],
  fits: () => false,
  recognise: () => ({ ours: true, reason: "a manifest lists a class of it" }),
  schema: () => ({}),
};

/** A module of which a manifest of the workspace lists a class. */
export const pythonFile = ({ path }: Parsed, workspace: Workspace): DocumentKind | undefined =>
  path?.endsWith(".py") && listedOf(path, workspace).length > 0 ? PYTHON : undefined;

export const mentionsOf = remember((manifest: Manifest): readonly Mention[] => {
  const { path } = manifest.parsed;
  if (manifest.kind !== PYTHON) return mentionsIn(manifest);
  return path === undefined ? [] : listedOf(path, manifest.workspace).map((one) => ownMention(one, path));
});

interface Listed {
  readonly mention: Mention;
  readonly span: readonly [number, number];
}

/** What manifests name in a module, each once. */
function listedOf(path: string, workspace: Workspace): readonly Listed[] {
  const found = new Map<string, Listed>();
  for (const manifest of documentsIn(workspace, "skypilot")) {
    for (const mention of mentionsIn(manifest)) {
      const { kind, name, target } = mention;
      // Of several manifests the one counts from which it can be renamed.
      const before = found.get(`${kind} ${name}`);
      if (target?.path === path && target.span && !before?.mention.rename)
        found.set(`${kind} ${name}`, { mention, span: target.span });
    }
  }
  return [...found.values()];
}

/** The class itself is written here; everything else that Python names so, elsewhere. */
function ownMention({ mention: { kind, name, rename, elsewhere }, span }: Listed, path: string): Mention {
  const own: Mention = { kind, name, role: "definition", span };
  if (!rename || !elsewhere) return own;
  return {
    ...own,
    rename: (newName) => newName,
    elsewhere: (newName) => {
      const places = elsewhere(newName);
      if ("refused" in places) return places;
      return places.filter((one) => one.path !== path || one.span[0] !== span[0]);
    },
  };
}
