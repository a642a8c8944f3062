// Keys of hosts, kept in the editor's secret storage alone. They belong to an origin, not to a row of settings: a row that a
// workspace brings along can't take a key to another server.

import type { Disposable, Event, SecretStorage } from "vscode";
import { createEmitter } from "./emitter.js";

const prefix = "plugsmith.token:";

export interface Secrets extends Disposable {
  token(url: string | undefined): Promise<string | undefined>;
  keep(url: string, token: string): Promise<void>;
  forget(url: string): Promise<void>;
  /** The origin whose key has changed, in this window or in another. */
  readonly onDidChange: Event<string>;
}

export function createSecrets(storage: SecretStorage): Secrets {
  const changed = createEmitter<string>();
  const watching = storage.onDidChange(({ key }) => {
    if (key.startsWith(prefix)) changed.fire(key.slice(prefix.length));
  });
  return {
    token: async (url) => {
      const origin = originOf(url);
      return origin === undefined ? undefined : storage.get(prefix + origin);
    },
    keep: async (url, token) => storage.store(prefix + (originOf(url) ?? url), token),
    forget: async (url) => storage.delete(prefix + (originOf(url) ?? url)),
    onDidChange: changed.event,
    dispose: () => {
      watching.dispose();
      changed.dispose();
    },
  };
}

export function originOf(url: string | undefined): string | undefined {
  return url === undefined ? undefined : (URL.parse(url)?.origin ?? undefined);
}
