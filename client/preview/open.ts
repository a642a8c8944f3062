// The previews that are open, by what they show.

import type { Disposable } from "vscode";
import type { OpenPreview } from "./preview.js";

export interface Previews extends Disposable {
  /** Shows the one that is open, else opens it. Answers whether there is one now. */
  show(key: string, open: () => Promise<OpenPreview | undefined>): Promise<boolean>;
}

export function createPreviews(): Previews {
  const known = new Map<string, Promise<OpenPreview | undefined>>();
  return {
    show: async (key, open) => {
      const before = await known.get(key);
      if (before !== undefined) {
        before.reveal();
        return true;
      }
      const opening = open();
      known.set(key, opening);
      try {
        const made = await opening;
        if (made === undefined) known.delete(key);
        made?.onDidClose(() => known.delete(key));
        return made !== undefined;
      } catch (error) {
        known.delete(key);
        throw error;
      }
    },
    dispose: () => {
      for (const one of known.values()) void one.then((made) => made?.dispose());
      known.clear();
    },
  };
}
