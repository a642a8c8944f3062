// The end of a preview: what has to end with it, and who wants to hear of it. Whoever comes late is served at once, so that a
// preview that is closed while it is being opened leaves nothing behind.

import type { Disposable } from "vscode";

export interface Ending {
  readonly hasCome: boolean;
  /** Calls back at the end, or now when that has come. */
  hear(work: () => void): void;
  /** Disposed of at the end, or now when that has come. */
  keep(...disposables: readonly Disposable[]): void;
  /** Only the first call counts. */
  come(): void;
}

export function createEnding(): Ending {
  const waiting: (() => void)[] = [];
  let hasCome = false;
  const hear = (work: () => void) => {
    if (hasCome) work();
    else waiting.push(work);
  };
  return {
    get hasCome() {
      return hasCome;
    },
    hear,
    keep: (...disposables) => {
      for (const one of disposables) hear(() => one.dispose());
    },
    come: () => {
      hasCome = true;
      for (const work of waiting.splice(0)) work();
    },
  };
}
