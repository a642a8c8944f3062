// The contract of every adapter, whatever goes wrong and whenever: it fails with a HostError alone, the host has the former plugin or
// the new one and never half of one, what is said of that is true, no credential is in anything that is said or goes to another
// origin, and the next try succeeds and leaves nothing behind.
import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { connect, deliver, errorText, HostError, type HostIo, type PluginHost } from "../../../client/ops/index.js";
import { skipAloud } from "../support/skipping.js";
import { faults as allFaults, type Done, type Fault, type Faulty, faultyIo, meets } from "./faultyIo.js";
import { type Held, planted, type Stage, type Subject } from "./subject.js";

/** More steps than any adapter takes. */
const mostSteps = 60;

/** `EVERY_STEP=all` tries every fault at every step of slow subjects too; a number takes other steps than the usual 0. */
const chosen = process.env.EVERY_STEP ?? "0";
const seed = Number(chosen) || 0;

/**
 * `every`: with 4, a fault meets each fourth step, and others with another number; for subjects that take long. A lost answer meets
 * every step that may change something, always; whether its program was killed or late alternates there.
 */
export function contractOf(subject: Subject, options: { readonly every?: number } = {}): void {
  const every = chosen === "all" ? 1 : (options.every ?? 1);
  const faults = allFaults.filter((fault) => subject.does.some((step) => meets(fault, step)));
  describe(`${subject.title}, when something goes wrong`, function () {
    this.timeout(120_000);
    let stage: Stage;
    /** Those of an undisturbed deployment. */
    let steps: readonly Done[] = [];
    before(async function () {
      const why = await subject.lacking?.();
      if (why !== undefined) return skipAloud(this, why);
      stage = await subject.open();
    });
    after(() => stage?.stop());

    it("takes the plugin when nothing does", async () => {
      await stage.reset();
      assert.equal(await stage.held(), "former");
      steps = await works(stage);
      assert.ok(steps.length < mostSteps, "it goes on and on");
    });
    for (const [at, fault] of faults.entries()) {
      const which = every === 1 ? "each step" : `some steps (${seed})`;
      it(`"${fault}": at ${which} of a deployment, and the next try succeeds`, async () => {
        const turns = turnsOf(steps, fault, { at, every });
        assert.ok(turns.length > 0, `no step can meet "${fault}"`);
        for (const step of turns) await delivered(stage, step, fault);
        await works(stage);
      });
    }
    for (const ask of ["list", "describe", "doctor"] as const) {
      it(`is asked to ${ask}, and changes nothing whatever goes wrong`, async () => {
        await stage.reset();
        const undisturbed = faultyIo(stage, 0, "fails");
        await outcomeOf(async () => connected(stage, undisturbed.io)[ask]?.(undisturbed.signal));
        for (const [at, fault] of faults.entries()) {
          for (const step of turnsOf(undisturbed.steps, fault, { at, every })) {
            const faulty = faultyIo(stage, step, fault);
            const asked = connected(stage, faulty.io)[ask];
            const outcome = await outcomeOf(async () => asked?.(faulty.signal));
            checkSaid(outcome, faulty, [], `${ask}, ${fault} at step ${step}`);
          }
        }
        assert.equal(await stage.held(), "former");
      });
    }
  });
}

/** Numbers of the steps at which this fault is to happen; of the faults, it is the one at this place. */
function turnsOf(steps: readonly Done[], fault: Fault, { at, every }: { readonly at: number; readonly every: number }) {
  const all = steps.flatMap(({ step, changes }, before) => (meets(fault, step) ? [{ turn: before + 1, changes }] : []));
  const isSure = ({ turn, changes }: { readonly turn: number; readonly changes: boolean }) =>
    changes && (fault === "answer lost" || fault === ((turn + seed) % 2 === 0 ? "killed after" : "late after"));
  const rest = all.filter((one) => !isSure(one));
  const isChosen = (place: number) => place % every === (at + seed) % Math.min(every, rest.length);
  return all.filter((one) => isSure(one) || isChosen(rest.indexOf(one))).map(({ turn }) => turn);
}

async function delivered(stage: Stage, step: number, fault: Fault): Promise<void> {
  await stage.reset();
  const faulty = faultyIo(stage, step, fault);
  const steps: string[] = [];
  const host = connected(stage, faulty.io);
  const onStep = (name: string, text: string) => steps.push(`${name} ${text}`);
  const outcome = await outcomeOf(() => deliver({ host, action: "deploy", signal: faulty.signal, onStep }, stage.next));
  const where = `${fault} at step ${step}`;
  checkSaid(outcome, faulty, steps, where);
  const held = await (leavesAtWork(fault) ? heldAtLast(stage) : stage.held());
  checkTruth(outcome, held, stage.runs?.(), where);
}

export function connected({ config, timeouts, executables }: Stage, io: HostIo): PluginHost {
  return connect(config, { ...(timeouts && { timeouts }), ...io, ...(executables && { executables }) });
}

/** Whether what was asked of the host may still go on when we have ended. */
function leavesAtWork(fault: Fault): boolean {
  return fault === "late" || fault === "late after" || String(fault).startsWith("cancel");
}

/** A host may still be at work on what reached it before the cancelling did: asked until it rests. */
async function heldAtLast(stage: Stage): Promise<Held> {
  let held = await stage.held();
  for (let rest = 0, turn = 0; rest < 2 && turn < 40; turn++) {
    await setTimeout(25);
    const now = await stage.held();
    rest = now === held && now !== "half" ? rest + 1 : 0;
    held = now;
  }
  return held;
}

export type Outcome = { readonly answer: unknown } | { readonly error: HostError };

export async function outcomeOf(work: () => Promise<unknown>): Promise<Outcome> {
  try {
    return { answer: await work() };
  } catch (error) {
    if (error instanceof HostError) return { error };
    throw error;
  }
}

export function checkSaid(outcome: Outcome, faulty: Faulty, steps: readonly string[], where: string): void {
  const words = "error" in outcome ? allWords(outcome.error) : JSON.stringify(outcome.answer ?? "");
  const all = [words, ...faulty.said, ...steps].join("\n");
  for (const spelling of [planted, encodeURIComponent(planted), Buffer.from(planted).toString("base64")]) {
    assert.ok(!all.includes(spelling), `${where}: the credential is in what is said: ${around(all, spelling)}`);
  }
  assert.ok(faulty.origins.size <= 1, `${where}: requests went to ${[...faulty.origins].join(", ")}`);
  if (!("error" in outcome)) return;
  const { error } = outcome;
  assert.ok(error.message !== "" && error.next !== "", `${where}: an error without words`);
  assert.ok(errorText(error).length < 4000, `${where}: an error of ${errorText(error).length} letters`);
}

export function checkTruth(outcome: Outcome, held: Held, runs: Held | undefined, where: string): void {
  const text = "answer" in outcome ? JSON.stringify(outcome.answer) : errorText(outcome.error);
  const running = runs === undefined ? "" : ` and runs ${runs}`;
  const told = `${where}: the host has ${held} of the plugin${running}, and is said to: ${text}`;
  assert.notEqual(held, "half", told);
  // A plugin that seems to break its host is taken out again.
  if (held === "nothing") assert.match(text, /was removed again|out again failed/, told);
  if (text.includes('"verified"')) assert.equal(held, "new", told);
  if (/\b(has|have|keeps) what (it|they) had\b|nothing was sent|nothing has reached/.test(text))
    assert.equal(held, "former", told);
  if (/not as sent:/.test(text)) assert.equal(held, "former", told);
  if (/the host has the files of|the new files are there|the cluster has all of the new objects;/.test(text))
    assert.equal(held, "new", told);
  if (runs === undefined) return;
  if (runs === "nothing") assert.match(text, /may be down|it is down/, told);
  if (text.includes('"verified"')) assert.equal(runs, "new", told);
  if (/the server runs again|runs what it ran before/.test(text)) assert.equal(runs, "former", told);
}

/** From whatever is there; answers which steps it took. */
export async function works(stage: Stage): Promise<readonly Done[]> {
  const undisturbed = faultyIo(stage, 0, "fails");
  const host = connected(stage, undisturbed.io);
  const { verdict } = await deliver({ host, action: "deploy", signal: undisturbed.signal }, stage.next);
  assert.equal(verdict.state, "verified", JSON.stringify(verdict));
  assert.equal(await stage.held(), "new");
  assert.deepEqual((await stage.leftovers?.()) ?? [], []);
  return undisturbed.steps;
}

/** With stacks and causes, as deep as they go. */
function allWords(error: HostError): string {
  const words = [errorText(error)];
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 8; at = at.cause, depth++) {
    words.push(at.message, at.stack ?? "", JSON.stringify(at));
  }
  return words.join("\n");
}

function around(all: string, found: string): string {
  const at = all.indexOf(found);
  return all.slice(Math.max(0, at - 300), at + 100).replaceAll(found, "<CREDENTIAL>");
}
