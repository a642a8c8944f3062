// The previews that are open, by what they show.

import type { Disposable } from "vscode";
import type { OpenPreview } from "./preview.js";

export interface Previews extends Disposable {
  /**
   * Shows the one that is open, else opens it. Answers whether there is one now. Who asks while another's is being opened waits for
   * that one, and hears nothing of its failure: the other does.
   */
  show(key: string, open: () => Promise<OpenPreview | undefined>): Promise<boolean>;
}

export function createPreviews(): Previews {
  const known = new Map<string, Promise<OpenPreview | undefined>>();
  const opened = async (key: string, opening: Promise<OpenPreview | undefined>): Promise<boolean> => {
    const forget = () => {
      if (known.get(key) === opening) known.delete(key);
    };
    known.set(key, opening);
    try {
      const made = await opening;
      if (made === undefined) forget();
      made?.onDidClose(forget);
      return made !== undefined;
    } catch (error) {
      forget();
      throw error;
    }
  };
  return {
    show: async (key, open) => {
      const before = known.get(key);
      if (before === undefined) return opened(key, open());
      const there = await before.catch(() => undefined);
      there?.reveal();
      return there !== undefined;
    },
    dispose: () => {
      for (const one of known.values()) void one.then((made) => made?.dispose()).catch(() => undefined);
      known.clear();
    },
  };
}
