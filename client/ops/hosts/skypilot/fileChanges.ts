// What is intended, as lines of a plan with the files as they will read.
import type { Change } from "../host.js";
import type { Intended } from "./intended.js";

export function fileChanges({ files, wheel, displaced }: Intended): readonly Change[] {
  return [
    ...files.map(
      ({ file, exists, before, after }): Change => ({
        action: exists ? "replace" : "add",
        what: file.slice(file.lastIndexOf("/") + 1),
        where: file,
        diff: { file, before, after },
      }),
    ),
    ...(wheel === undefined ? [] : [{ action: "add" as const, what: "wheel", where: wheel }]),
    ...displaced.map(
      (where): Change => ({
        action: "remove",
        what: "older wheel of the same distribution",
        where,
        detail: "two of them would displace each other at every launch",
      }),
    ),
  ];
}
