// Whether hosts still have what was sent from here: asked beside the drawing of the trees and never before it. Reading all files of a
// plugin costs a host something, so it is asked after each act, when the user refreshes, and else every few minutes. Until it is known,
// what was known before holds.

import type { Disposable } from "vscode";
import {
  type Conflict,
  type HostConfig,
  HostError,
  type Ledger,
  lookForConflict,
  type PluginHost,
} from "../ops/index.js";

export interface Strangers extends Disposable {
  /** As of the host's answer at this time, after the act `since`; undefined while that isn't known. */
  stateOf(host: HostConfig, plugin: string, at: number, since: string): Conflict["state"] | undefined;
  /** The next look at each plugin asks again. */
  forget(): void;
}

interface Known {
  readonly at: number;
  readonly state: Conflict["state"] | undefined;
}

const patience = 20_000;
const pace = 5 * 60_000;

export function createStrangers(
  connect: (config: HostConfig) => PluginHost,
  ledger: Ledger,
  changed: () => void,
  unexpected: (error: unknown) => void,
): Strangers {
  const known = new Map<string, Known>();
  const asked = new Map<string, { readonly at: number; readonly since: string }>();
  const stop = new AbortController();
  const ask = async (config: HostConfig, plugin: string, key: string, at: number) => {
    const host = connect(config);
    if (host.fingerprint === undefined) return;
    const state = await found(host, plugin);
    const before = known.get(key);
    if (stop.signal.aborted || (before !== undefined && before.at > at)) return;
    known.set(key, { at, state });
    if (before?.state !== state) changed();
  };
  const found = async (host: PluginHost, plugin: string) => {
    const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(patience)]);
    try {
      return (await lookForConflict({ host, plugin, ledger, signal })).state;
    } catch (error) {
      // Whether the host answers at all is the list's to tell.
      if (!(error instanceof HostError)) unexpected(error);
      return undefined;
    }
  };
  return {
    stateOf: (config, plugin, at, since) => {
      const key = `${config.name}\n${config.url ?? ""}\n${plugin}`;
      const last = asked.get(key);
      if (last === undefined || last.since !== since || at - last.at > pace) {
        asked.set(key, { at, since });
        void ask(config, plugin, key, at);
      }
      return known.get(key)?.state;
    },
    forget: () => asked.clear(),
    dispose: () => stop.abort(),
  };
}
