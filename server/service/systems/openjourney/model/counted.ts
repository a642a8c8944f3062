// The kinds that replicas can be set of: four by themselves, more by files of configurations, here and in bases.

import type { Node } from "../../../text/node.js";
import type { Id } from "./identity.js";
import { mapsOf, stringsOf, textOf } from "./reading.js";

/** Empty texts fit everything. */
export type Counted = Pick<Id, "group" | "version" | "kind">;

export const COUNTED: readonly Counted[] = ["Deployment", "StatefulSet", "ReplicaSet", "ReplicationController"].map(
  (kind) => ({ group: "", version: "", kind }),
);

/** Stands for a file that can't be read. */
const ANY_KIND: Counted = { group: "", version: "", kind: "" };

export const fitsCounted = (counted: readonly Counted[], id: Counted): boolean =>
  counted.some(({ group, version, kind }) => {
    const fits = (wanted: string, text: string) => wanted === "" || wanted === text;
    return fits(group, id.group) && fits(version, id.version) && fits(kind, id.kind);
  });

/** Those of the field specs that stand under a field. */
export const countedIn = (holder: Node | undefined, field: string): readonly Counted[] =>
  mapsOf(holder, field).map((spec) => ({
    group: textOf(spec, "group") ?? "",
    version: textOf(spec, "version") ?? "",
    kind: textOf(spec, "kind") ?? "",
  }));

/** What the files behind `configurations` add; one of no kind at the usual place is one with those that are there. */
export function countedBehind(root: Node | undefined, read: (path: string) => Node | undefined): readonly Counted[] {
  return stringsOf(root, "configurations").flatMap(({ text }) => {
    const file = read(text);
    if (!file) return [ANY_KIND];
    const isElsewhere = mapsOf(file, "replicas").some((spec) => textOf(spec, "path") !== "spec/replicas");
    const isTold = ({ group, version, kind }: Counted) => isElsewhere || `${group}${version}${kind}` !== "";
    return countedIn(file, "replicas").filter(isTold);
  });
}
