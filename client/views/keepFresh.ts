// Asks hosts again while somebody looks: when the window gets the focus back, and from time to time. A view that nobody sees asks nothing.

import type { Disposable, Event } from "vscode";

export interface Watching {
  /** Whether one of our views is seen. */
  isSeen(): boolean;
  readonly onDidChangeSeen: Event<void>;
  isFocused(): boolean;
  readonly onDidChangeFocus: Event<void>;
  refresh(): void;
}

/** Milliseconds: between two rounds, and the least between two of whatever reason. */
export const usualPace = { every: 60_000, least: 10_000 } as const;

export function keepFresh(watching: Watching, pace: { every: number; least: number } = usualPace): Disposable {
  let last = Date.now();
  const round = () => {
    if (!watching.isSeen() || !watching.isFocused() || Date.now() - last < pace.least) return;
    last = Date.now();
    watching.refresh();
  };
  const timer = setInterval(round, pace.every);
  timer.unref();
  const listening = [watching.onDidChangeFocus(round), watching.onDidChangeSeen(round)];
  return {
    dispose: () => {
      clearInterval(timer);
      for (const one of listening) one.dispose();
    },
  };
}
