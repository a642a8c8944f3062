// The results of a deployment to several hosts as a table of texts: one row for each host.
import { errorText } from "../hosts/hostError.js";
import type { Delivered } from "./deliver.js";
import type { Ended } from "./many.js";

/** `["team", "loaded", "1.2.0"]`, `["live", "not begun", ""]`. */
export function deliveredRow(ended: Ended<Delivered>): readonly [host: string, result: string, detail: string] {
  const { name } = ended.host.config;
  if (ended.state === "notBegun") return [name, "not begun", ""];
  if (ended.state === "failed") return [name, "failed", errorText(ended.error)];
  const { verdict, shipment } = ended.answer;
  if (verdict.state === "notLoaded") return [name, "not loaded", `${verdict.reason}; ${verdict.next}`];
  return [name, "loaded", [shipment.version ?? "", verdict.note ?? ""].filter(Boolean).join("; ")];
}
