// What a host refuses in the durations and routes of a plugin with a base, over plain values: for the rules, for packing and for
// whoever plays a host. The plugin loads; each address below its base answers 500. Other types and forms are the schema's work.

import { durationOf, shown } from "./durations.js";

/** Seconds that count where a field is absent. */
const WORKER_DEFAULTS = { timeout: 30, ttl: 0, idleTimeout: 60 } as const;
export type Duration = keyof typeof WORKER_DEFAULTS;

export type WorkerValues = Readonly<Record<string, unknown>>;

export interface WorkerRefusal {
  /** `worker-field` is what the schema sees as well. */
  readonly code: "buntime/worker-field" | "buntime/bad-duration" | "buntime/ttl-below-timeout";
  readonly field: Duration | "publicRoutes";
  /** One clause, such as `"ttl" (10 s) is below "timeout" (30 s when absent)`. */
  readonly wrong: string;
  /** The next step, such as `make it at least as long`. */
  readonly next: string;
}

export function workerRefusals(values: WorkerValues): readonly WorkerRefusal[] {
  return [...DURATIONS.flatMap((field) => ofDuration(field, values)), ...relations(values), ...routes(values)];
}

/** Milliseconds as the host counts them, the default where the field is absent; undefined when unreadable. */
export function millisecondsOf(field: Duration, values: WorkerValues): number | undefined {
  const value = values[field];
  if (value === undefined) return WORKER_DEFAULTS[field] * 1000;
  const read = durationOf(value);
  return read === "invalid" || Number.isNaN(read) ? undefined : read;
}

export const DURATIONS: readonly Duration[] = ["timeout", "ttl", "idleTimeout"];

function ofDuration(field: Duration, values: WorkerValues): readonly WorkerRefusal[] {
  const value = values[field];
  const read = durationOf(value);
  if (value === undefined) return [];
  if (typeof value !== "string" && typeof value !== "number")
    return [
      refusal("buntime/worker-field", field, `"${field}" is neither a number of seconds nor a duration`, EXAMPLE),
    ];
  const code = typeof value === "number" ? "buntime/worker-field" : "buntime/bad-duration";
  if (read === "invalid") return [refusal(code, field, `"${value}" is no duration`, EXAMPLE)];
  if (read === undefined || (field === "ttl" ? read >= 0 : read > 0)) return [];
  if (field === "ttl") return [refusal(code, field, '"ttl" is below 0', "write 0 or more")];
  return [refusal(code, field, `"${field}" is not above 0`, EXAMPLE)];
}

/** What a worker that is kept must grant each request. */
function relations(values: WorkerValues): readonly WorkerRefusal[] {
  const timeout = millisecondsOf("timeout", values);
  const ttl = millisecondsOf("ttl", values);
  if (timeout === undefined || timeout <= 0 || ttl === undefined || ttl <= 0) return [];
  const told = (field: Duration, time: number) =>
    `"${field}" (${shown(time)}${values[field] === undefined ? " when absent" : ""})`;
  const refusals: WorkerRefusal[] = [];
  const add = (field: Duration, wrong: string) =>
    refusals.push(refusal("buntime/ttl-below-timeout", field, wrong, "make it at least as long"));
  if (ttl < timeout) add("ttl", `${told("ttl", ttl)} is below ${told("timeout", timeout)}`);
  const idle = millisecondsOf("idleTimeout", values);
  // What nobody wrote is no second mistake.
  const isSecond = ttl < timeout && values.idleTimeout === undefined;
  if (idle !== undefined && idle > 0 && idle < timeout && !isSecond)
    add("idleTimeout", `${told("idleTimeout", idle)} is below ${told("timeout", timeout)} while "ttl" is set`);
  return refusals;
}

function routes({ publicRoutes }: WorkerValues): readonly WorkerRefusal[] {
  if (typeof publicRoutes !== "string") return [];
  return [refusal("buntime/worker-field", "publicRoutes", '"publicRoutes" is a text', "write a list of routes")];
}

const EXAMPLE = 'write one such as "30s"';

const refusal = (
  code: WorkerRefusal["code"],
  field: WorkerRefusal["field"],
  wrong: string,
  next: string,
): WorkerRefusal => ({ code, field, wrong, next });
