// Plugins that stay in their hidden frames: asked about at growing intervals, since a slow one may still come. Once it registers,
// what was said of it is taken back. Pure: time and the question are given to it.

import type { FrameView } from "./pageView.js";

export interface SilenceHands {
  /** Calls back after that many milliseconds; answers how to call that off. */
  after(milliseconds: number, work: () => void): () => void;
  hidden(): readonly FrameView[];
  ask(frame: FrameView): void;
}

export interface Silence {
  /** Other plugins, or the same anew: nothing is known of them yet. */
  begin(): void;
  /** The answer to a question; without effect for a plugin that has come meanwhile. Answers whether it says something new. */
  told(name: string, reasons: readonly string[]): boolean;
  /** Takes back what was said of plugins that have come; answers their names. */
  look(): readonly string[];
  reasons(): ReadonlyMap<string, readonly string[]>;
}

const first = 4000;
const last = 60_000;

export function createSilence(hands: SilenceHands): Silence {
  const reasons = new Map<string, readonly string[]>();
  let callOff: () => void = () => undefined;
  const isHidden = (name: string) => hands.hidden().some((one) => one.name === name);
  const wait = (milliseconds: number) => {
    callOff = hands.after(milliseconds, () => {
      const hidden = hands.hidden();
      for (const frame of hidden) hands.ask(frame);
      if (hidden.length > 0) wait(Math.min(milliseconds * 2, last));
    });
  };
  return {
    begin: () => {
      callOff();
      reasons.clear();
      wait(first);
    },
    told: (name, why) => {
      const before = reasons.get(name);
      if (!isHidden(name) || before?.join("\n") === why.join("\n")) return false;
      reasons.set(name, why);
      return true;
    },
    look: () => {
      const come = [...reasons.keys()].filter((name) => !isHidden(name));
      for (const name of come) reasons.delete(name);
      return come;
    },
    reasons: () => reasons,
  };
}
