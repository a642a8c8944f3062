// Asks hosts again while somebody looks: when the window gets the focus back, and from time to time. A view that nobody sees asks nothing.

import type { Disposable, Event } from "vscode";

export interface Watching {
  /** Whether one of our views is seen. */
  isSeen(): boolean;
  readonly onDidChangeSeen: Event<void>;
  isFocused(): boolean;
  readonly onDidChangeFocus: Event<void>;
  refresh(): void;
  /** Asks those again that did not answer the last time. */
  retry(): void;
}

/** Milliseconds: between two rounds, the least between two of whatever reason, and until a host that was silent is asked again. */
export interface Pace {
  readonly every: number;
  readonly least: number;
  readonly retry: number;
}

const usualPace: Pace = { every: 60_000, least: 10_000, retry: 15_000 };

export function keepFresh(watching: Watching, pace: Pace = usualPace): Disposable {
  let last = Date.now();
  const round = () => {
    if (!watching.isSeen() || !watching.isFocused() || Date.now() - last < pace.least) return;
    last = Date.now();
    watching.refresh();
  };
  const again = () => {
    if (watching.isSeen() && watching.isFocused()) watching.retry();
  };
  const timers = [setInterval(round, pace.every), setInterval(again, pace.retry)];
  for (const timer of timers) timer.unref();
  const listening = [watching.onDidChangeFocus(round), watching.onDidChangeSeen(round)];
  return {
    dispose: () => {
      for (const timer of timers) clearInterval(timer);
      for (const one of listening) one.dispose();
    },
  };
}
