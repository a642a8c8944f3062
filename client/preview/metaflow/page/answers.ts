// What the service would answer below `/flows`, made from the sample records; a file of the user's overrules and adds paths.

import type { Fields } from "./protocol.js";
import { metadataOf, type Sample, taskInfoOf } from "./sample.js";

/** The data of the envelope; undefined where there is no such path. */
export function answerFor(sample: Sample, path: string): unknown {
  const plain = path.replace(/(?<=.)\/+$/, "");
  return plain in sample.answers ? sample.answers[plain] : madeFrom(sample).get(plain);
}

/** Rows and lists along the one task that the sample is about. */
function madeFrom(sample: Sample): ReadonlyMap<string, unknown> {
  const { flow_id, run_number, step_name, task_id } = sample.resource;
  const info = sample["task-info"];
  const who = { ts_epoch: info.ts_epoch, user_name: info.user_name, tags: info.tags, system_tags: info.system_tags };
  const flowRow = { flow_id, ...who };
  const runRow = {
    ...flowRow,
    run_number: info.run_number,
    run_id: info.run_id,
    status: info.status,
    finished_at: info.finished_at,
    duration: info.duration,
  };
  const stepRow = { flow_id, run_number: info.run_number, step_name, ...who };
  const taskRow = taskInfoOf({ ...sample, taskInfoHoldsRows: false }, "0");
  const attempts = Object.keys(sample.attempts);
  const flow = `/flows/${flow_id}`;
  const run = `${flow}/runs/${run_number}`;
  const step = `${run}/steps/${step_name}`;
  const task = `${step}/tasks/${task_id}`;
  return new Map<string, unknown>([
    ["/flows", [flowRow]],
    [flow, flowRow],
    [`${flow}/runs`, [runRow]],
    [run, runRow],
    [`${run}/metadata`, rowsOf(sample["run-metadata"], flowRow)],
    [`${run}/artifacts`, []],
    [`${run}/tasks`, [taskRow]],
    [`${run}/steps`, [stepRow]],
    [step, stepRow],
    [`${step}/tasks`, [taskRow]],
    [task, taskRow],
    [`${task}/metadata`, rowsOf(metadataOf(sample, "0"), stepRow)],
    [`${task}/artifacts`, []],
    [`${task}/attempts`, attempts.map((attempt) => taskInfoOf({ ...sample, taskInfoHoldsRows: false }, attempt))],
  ]);
}

/** The service gives metadata as rows; the page makes records of them. */
function rowsOf(record: Fields, row: Fields): readonly Fields[] {
  return Object.entries(record).map(([field_name, value], id) => ({ ...row, id, field_name, value, type: field_name }));
}
