// The workspace as it stood a moment ago, shared by requests until something changes: a cursor that moves asks the same again and again.

import {
  type Manifest,
  type Parsed,
  stillWorkspace,
  usedDocument,
  type Workspace,
  whileStill,
} from "../service/index.js";
import type { LiveWorkspace } from "../workspace/index.js";

export interface Still {
  readonly workspace: Workspace;
  /** The same manifest there, always the same object. */
  of(manifest: Manifest): Manifest;
  /** A file that is none of ours but that a manifest uses. */
  used(parsed: Parsed): Manifest | undefined;
}

export interface StillNow {
  now(): Still;
  /** Something was edited, or changed on the disk. */
  stir(): void;
}

/** Milliseconds after which it is let go of, and made anew: not every change is told. */
const OLD = 5000;

export function createStill(live: LiveWorkspace): StillNow {
  let last: { readonly still: Still; readonly revision: number } | undefined;
  let old: NodeJS.Timeout | undefined;
  return {
    now: () => {
      const { revision } = live.index;
      if (last?.revision === revision) return last.still;
      const still = make(live);
      last = { still, revision };
      clearTimeout(old);
      old = setTimeout(forget, OLD).unref();
      return still;
    },
    stir: forget,
  };

  function forget(): void {
    last = undefined;
  }
}

function make(live: LiveWorkspace): Still {
  const workspace = stillWorkspace(live, live.settings);
  const manifests = new WeakMap<Manifest, Manifest>();
  const files = new WeakMap<Parsed, { readonly used: Manifest | undefined }>();
  return {
    workspace,
    of: (manifest) => {
      const found = manifests.get(manifest) ?? whileStill(manifest, workspace);
      manifests.set(manifest, found);
      return found;
    },
    used: (parsed) => {
      const found = files.get(parsed) ?? { used: usedDocument(parsed, workspace, live.settings) };
      files.set(parsed, found);
      return found.used;
    },
  };
}
