// The contract of adapters that change files of this machine: when the disk is full at any change, and when the process that deploys
// is killed at any of them. What is said stays true, and the next try succeeds and leaves nothing behind.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { deliver } from "../../../client/ops/index.js";
import { fromRoot } from "../../harness/root.js";
import { temporary } from "../support/places.js";
import { skipAloud } from "../support/skipping.js";
import { checkSaid, checkTruth, connected, outcomeOf, works } from "./contract.js";
import type { Dying } from "./dying.js";
import { fullDisk } from "./faultyDisk.js";
import { faultyIo } from "./faultyIo.js";
import type { Stage, Subject } from "./subject.js";

const mostChanges = 120;

/** `every`: with 3, each third change is tried. */
export function filesContractOf(subject: Subject, { every = 1 } = {}): void {
  describe(`${subject.title}, when its disk is full or the writer is killed`, function () {
    this.timeout(240_000);
    let stage: Stage;
    let writer = "";
    before(async function () {
      const why = await subject.lacking?.();
      if (why !== undefined) return skipAloud(this, why);
      stage = await subject.open();
      writer = await bundledWriter();
    });
    after(() => stage?.stop());

    it("has the former plugin or the new one on a full disk, says which, and takes it when there is room", async () => {
      let [nth, isFull] = [1, true];
      for (; isFull; nth += every) {
        assert.ok(nth < mostChanges, "it goes on and on");
        await stage.reset();
        isFull = await deliveredToFullDisk(stage, nth);
        if (isFull && nth % 3 === 0) await works(stage);
      }
      assert.ok(nth > 2, "nothing was written");
    });
    it("is put right by the next deployment after a writer was killed", async () => {
      let [nth, isKilled] = [1, true];
      for (; isKilled; nth += every) {
        assert.ok(nth < mostChanges, "it goes on and on");
        await stage.reset();
        isKilled = await killedAt(stage, { nth, writer });
        const held = await stage.held();
        if (stage.isExchanged === true) assert.notEqual(held, "half", `killed at change ${nth}`);
        await outcomeOf(async () => connected(stage, {}).list?.(new AbortController().signal));
        await works(stage);
      }
      assert.ok(nth > 2, "nothing was written");
    });
  });
}

/** False when the adapter was done before the disk was full. */
async function deliveredToFullDisk(stage: Stage, nth: number): Promise<boolean> {
  const undisturbed = faultyIo(stage, 0, "fails");
  const host = connected(stage, undisturbed.io);
  const disk = fullDisk(nth);
  const outcome = await outcomeOf(() =>
    deliver({ host, action: "deploy", signal: undisturbed.signal }, stage.next),
  ).finally(disk.end);
  const where = `disk full at change ${nth}`;
  checkSaid(outcome, undisturbed, [], where);
  checkTruth(outcome, await stage.held(), stage.runs?.(), where);
  return disk.count() >= nth;
}

/** In one file: it is started for each change, and most of its time would be the loading of its many modules. */
async function bundledWriter(): Promise<string> {
  const outfile = path.join(await temporary(), "dying.cjs");
  const entryPoints = [fromRoot("test", "ops", "contract", "dying.ts")];
  const mainFields = ["module", "main"]; // some packages' "main" can't be bundled
  await build({ entryPoints, bundle: true, platform: "node", format: "cjs", minify: true, mainFields, outfile });
  return outfile;
}

/** `writer`: the program. False when it came to its end. */
async function killedAt(
  { config, next, env, executables, timeouts }: Stage,
  { nth, writer }: { readonly nth: number; readonly writer: string },
): Promise<boolean> {
  const asked: Dying = {
    config,
    next,
    nth,
    ...(env && { env }),
    ...(executables && { executables }),
    ...(timeouts && { timeouts }),
  };
  try {
    await promisify(execFile)(process.execPath, [writer, JSON.stringify(asked)]);
    return false;
  } catch (error) {
    assert.ok(error instanceof Error && "signal" in error && error.signal === "SIGKILL", String(error));
    return true;
  }
}
