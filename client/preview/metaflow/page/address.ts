// Addresses of the Metaflow page and of its plugins' frames.

import type { Resource } from "./protocol.js";

/** Where on the page the user is. */
export type View = "home" | "run" | "task";

export const SLOTS = ["top-nav", "header", "run-header", "task-details"] as const;
export type Slot = (typeof SLOTS)[number];

/** The slots that a view has. */
export function slotsOf(view: View): readonly Slot[] {
  if (view === "home") return ["top-nav", "header"];
  return view === "run" ? ["top-nav", "header", "run-header"] : SLOTS;
}

/** The view in which a slot is seen first. */
export function viewOf(slot: unknown): View {
  if (slot === "task-details") return "task";
  return slot === "run-header" ? "run" : "home";
}

export function isSlot(value: unknown): value is Slot {
  return SLOTS.some((slot) => slot === value);
}

/** The words of the address in this view, always texts. */
export function resourceIn(view: View, { flow_id, run_number, step_name, task_id }: Resource): Resource {
  if (view === "home") return {};
  const run = { ...(flow_id !== undefined && { flow_id }), ...(run_number !== undefined && { run_number }) };
  if (view === "run") return run;
  return { ...run, ...(step_name !== undefined && { step_name }), ...(task_id !== undefined && { task_id }) };
}

/** The path that the page's address bar would show. */
export function pathIn(view: View, resource: Resource): string {
  const { flow_id, run_number, step_name, task_id } = resourceIn(view, resource);
  const words = [flow_id, run_number, step_name, task_id].filter((word) => word !== undefined);
  return `/${words.join("/")}`;
}

/**
 * `service` is the address of the service without a final slash. Nothing is escaped and nothing resolved; runs of slashes are
 * folded into one, except behind a colon.
 */
export function frameAddress(service: string, name: unknown, { entrypoint, version }: Record<string, unknown>): string {
  return `${service}/plugin/${String(name)}/${String(entrypoint)}?v=${String(version)}`.replace(/(?<!:)\/{2,}/g, "/");
}
