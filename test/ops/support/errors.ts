// Catches the HostError that a piece of work must end in.
import assert from "node:assert/strict";
import { HostError } from "../../../client/ops/index.js";

export async function hostError(work: Promise<unknown>): Promise<HostError> {
  try {
    await work;
  } catch (error) {
    assert.ok(error instanceof HostError, `not a HostError: ${String(error)}`);
    return error;
  }
  assert.fail("no error was thrown");
}
