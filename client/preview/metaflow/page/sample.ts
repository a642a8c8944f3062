// Sample records of a run and a task: what the page would have from the service. A user's own file may hold any part of them;
// the rest comes from here.

import { type Fields, isFields, type Resource } from "./protocol.js";

export interface Sample {
  readonly resource: Required<Resource>;
  readonly settings: Fields;
  readonly metadata: Fields;
  /** Metadata of each attempt, laid over the task's own. */
  readonly attempts: Readonly<Record<string, Fields>>;
  readonly "run-metadata": Fields;
  readonly "task-info": Fields;
  /** The page mixes whole task rows in, under "0", "1" …, when a task is opened by its address. */
  readonly taskInfoHoldsRows: boolean;
  /** Further answers of the service by path: `"/flows/HelloFlow/runs": […]`. */
  readonly answers: Fields;
}

export const STANDARD: Sample = {
  resource: { flow_id: "HelloFlow", run_number: "42", step_name: "start", task_id: "7" },
  settings: { timezone: "+00:00|197" },
  metadata: { attempt: "0", "ds-type": "local", attempt_ok: "True", "attempt-done": "0" },
  attempts: { "0": {}, "1": { attempt: "1", "attempt-done": "1" } },
  "run-metadata": { "ds-type": "local", attempt: "0" },
  "task-info": {
    flow_id: "HelloFlow",
    run_number: 42,
    run_id: null,
    step_name: "start",
    task_id: 7,
    task_name: null,
    user_name: "ann",
    status: "completed",
    task_ok: null,
    ts_epoch: 1700000000000,
    started_at: 1700000000000,
    finished_at: 1700000001000,
    duration: 1000,
    attempt_id: 0,
    tags: [],
    system_tags: ["user:ann"],
    last_heartbeat_ts: null,
  },
  taskInfoHoldsRows: false,
  answers: {},
};

export type SampleReading =
  | { readonly ok: true; readonly sample: Sample; readonly notes: readonly string[] }
  | { readonly ok: false; readonly problem: string };

/** Notes name the keys that nothing reads. */
export function readSample(text: string): SampleReading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { ok: false, problem: `it is not JSON: ${error instanceof Error ? error.message : "unreadable"}` };
  }
  if (!isFields(value)) return { ok: false, problem: "it has to be an object with records by name" };
  const known = Object.keys(STANDARD);
  for (const key of known) {
    const own = value[key];
    const isRight = key === "taskInfoHoldsRows" ? typeof own === "boolean" : isFields(own);
    if (own !== undefined && !isRight)
      return {
        ok: false,
        problem: `"${key}" has to be ${key === "taskInfoHoldsRows" ? "true or false" : "an object"}`,
      };
  }
  const record = (key: "settings" | "metadata" | "run-metadata" | "task-info" | "answers"): Fields => {
    const own = value[key];
    return isFields(own) ? own : STANDARD[key];
  };
  const { attempts } = value;
  const sample = {
    resource: resourceFrom(value.resource),
    settings: record("settings"),
    metadata: record("metadata"),
    attempts: isFields(attempts)
      ? Object.fromEntries(Object.entries(attempts).map(([key, own]) => [key, isFields(own) ? own : {}]))
      : STANDARD.attempts,
    "run-metadata": record("run-metadata"),
    "task-info": record("task-info"),
    taskInfoHoldsRows: value.taskInfoHoldsRows === true,
    answers: record("answers"),
  };
  const strange = Object.keys(value).filter((key) => !known.includes(key));
  return { ok: true, sample, notes: strange.map((key) => `"${key}" is no record that the page has`) };
}

/** All words of an address are texts. */
function resourceFrom(value: unknown): Required<Resource> {
  const given = isFields(value) ? value : {};
  const word = (key: keyof Resource) => {
    const own = given[key];
    return typeof own === "string" || typeof own === "number" ? String(own) : STANDARD.resource[key];
  };
  return {
    flow_id: word("flow_id"),
    run_number: word("run_number"),
    step_name: word("step_name"),
    task_id: word("task_id"),
  };
}

/** The text of a new file. */
export function sampleText(sample: Sample): string {
  return `${JSON.stringify(sample, undefined, 2)}\n`;
}

/** The metadata of a task in an attempt: what belongs to none, overlaid by the attempt's. */
export function metadataOf(sample: Sample, attempt: string): Fields {
  return { ...sample.metadata, ...sample.attempts[attempt] };
}

export function taskInfoOf(sample: Sample, attempt: string): Fields {
  const row = { ...sample["task-info"], attempt_id: Number(attempt) };
  return sample.taskInfoHoldsRows ? { ...row, "0": row } : row;
}
