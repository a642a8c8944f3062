// An event and the way to fire it, as VS Code's own, but free of `vscode`: what uses it can be tested in Node alone.

import type { Event } from "vscode";

export interface Emitter<T> {
  readonly event: Event<T>;
  fire(value: T): void;
  dispose(): void;
}

export function createEmitter<T>(): Emitter<T> {
  const listeners = new Set<(value: T) => unknown>();
  return {
    event: (listener, thisArgs, disposables) => {
      // One function may listen twice, so each call listens by a function of its own.
      const own = (value: T): unknown => listener.call(thisArgs, value);
      listeners.add(own);
      const listening = { dispose: () => void listeners.delete(own) };
      disposables?.push(listening);
      return listening;
    },
    fire: (value) => {
      for (const listener of [...listeners]) listener(value);
    },
    dispose: () => listeners.clear(),
  };
}
