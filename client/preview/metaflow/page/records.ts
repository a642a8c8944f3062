// Which records the page holds in which view, and when it fills and empties them.

import type { View } from "./address.js";
import type { DataStore } from "./dataStore.js";
import { metadataOf, type Sample, taskInfoOf } from "./sample.js";

/** Where the user is, and what the service has for it. */
export interface Place {
  readonly view: View;
  readonly sample: Sample;
  readonly attempt: string;
}

export interface Records {
  /** From one view to another; undefined: the page has just been opened. */
  move(before: View | undefined, now: Place): void;
  /** The same task, in another attempt. */
  chooseAttempt(now: Place): void;
  /** The same view, with other records. */
  fill(now: Place): void;
  /** The same view of another task or run: nothing of the former stays in the records. */
  replace(now: Place): void;
}

/** `isStill`: whether the user is still there, asked a moment later. */
export function createRecords(
  store: DataStore,
  later: (work: () => void) => void,
  isStill: (place: Place) => boolean,
): Records {
  const fillRun = ({ sample }: Place) => store.set("run-metadata", sample["run-metadata"]);
  /** An update with nothing in it comes first, as it often does on the page. */
  const fillTask = (place: Place) => {
    store.set("task-info", taskInfoOf(place.sample, place.attempt));
    if (store.held("metadata") === undefined) store.set("metadata", {});
    later(() => {
      if (isStill(place)) store.set("metadata", metadataOf(place.sample, place.attempt));
    });
  };
  const fill = (now: Place) => {
    if (now.view !== "home") fillRun(now);
    if (now.view === "task") fillTask(now);
  };
  return {
    move: (before, now) => {
      if (before === "task" && now.view !== "task") {
        store.clear("metadata");
        store.clear("task-info");
      }
      if (now.view === "home") store.clear("run-metadata");
      else if (before === undefined || before === "home") fillRun(now);
      if (now.view === "task" && before !== "task") fillTask(now);
    },
    chooseAttempt: (now) => {
      if (now.view === "task") fillTask(now);
    },
    fill,
    replace: (now) => {
      const held = ["run-metadata", "metadata", "task-info"].filter((path) => store.held(path) !== undefined);
      for (const path of held) store.clear(path);
      fill(now);
    },
  };
}

export function attemptsOf({ attempts }: Sample): readonly string[] {
  const known = Object.keys(attempts);
  return known.length > 0 ? known : ["0"];
}

export function firstAttempt(sample: Sample): string {
  return attemptsOf(sample)[0] ?? "0";
}
