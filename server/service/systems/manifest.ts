// The one maker of manifests; what its host's parser yields is read when it is asked for.

import type { Node } from "../text/node.js";
import type { Parsed } from "../text/parsed.js";
import { dirname } from "../text/paths.js";
import { hostValue, isBomb, type Value } from "../text/reading.js";
import type { Manifest } from "./system.js";

export interface Parts extends Pick<Manifest, "parsed" | "system" | "kind" | "verdict" | "settings" | "workspace"> {
  /** Given where the document's own root isn't meant. */
  readonly root?: Node | undefined;
  /** Given where relative paths don't count from the file's folder. */
  readonly folder?: string | undefined;
}

export function makeManifest(parts: Parts): Manifest {
  const { parsed, system, kind, verdict, settings, workspace } = parts;
  let value: { readonly is: Value } | undefined;
  return {
    parsed,
    system,
    kind,
    verdict,
    settings,
    workspace,
    folder: "folder" in parts ? parts.folder : folderOf(parsed),
    get schema() {
      return kind.schema({ parsed, settings });
    },
    get root() {
      return "root" in parts ? parts.root : parsed.tree.documents[0]?.root;
    },
    get value() {
      value ??= { is: isBomb(parsed.tree, this.root) ? null : hostValue(this.root, kind.reading) };
      return value.is;
    },
  };
}

/** The same manifest of another text, and with what else is given. */
export function manifestFrom(
  { system, kind, verdict, workspace, settings }: Manifest,
  parsed: Parsed,
  others: Pick<Parts, "root" | "folder"> & Partial<Pick<Parts, "settings">> = {},
): Manifest {
  return makeManifest({ parsed, system, kind, verdict, workspace, settings, ...others });
}

const folderOf = ({ path }: Parsed): string | undefined => (path === undefined ? undefined : dirname(path));
