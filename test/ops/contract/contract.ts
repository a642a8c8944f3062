// The contract of every adapter, whatever goes wrong and whenever: it fails with a HostError alone, the host has the former plugin or
// the new one and never half of one, what is said of that is true, no credential is in anything that is said or goes to another
// origin, and the next try succeeds.
import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { deliver, errorText, HostError } from "../../../client/ops/index.js";
import { skipAloud } from "../support/skipping.js";
import { type Fault, type Faulty, faultyIo, runIn } from "./faultyIo.js";
import { type Held, planted, type Stage, type Subject } from "./subject.js";

/** More steps than any adapter takes. */
const mostSteps = 60;

/** `every`: with 4, each fault meets each fourth step, and the next fault the steps after these; for subjects that take long. */
export function contractOf(subject: Subject, faults: readonly Fault[], { every = 1 } = {}): void {
  describe(`${subject.title}, when something goes wrong`, function () {
    this.timeout(120_000);
    let stage: Stage;
    before(async function () {
      const why = await subject.lacking?.();
      if (why !== undefined) return skipAloud(this, why);
      stage = await subject.open();
    });
    after(() => stage?.stop());

    it("takes the plugin when nothing does", async () => {
      await works(stage);
    });
    for (const [at, fault] of faults.entries()) {
      it(`"${fault}": at ${every === 1 ? "each step" : "steps"} of a deployment`, async () => {
        let met = true;
        for (let step = 1 + (at % every); met; step += every) {
          assert.ok(step < mostSteps, "it goes on and on");
          met = await delivered(stage, step, fault);
        }
        await works(stage);
      });
    }
    for (const ask of ["list", "describe", "doctor"] as const) {
      it(`is asked to ${ask}, and changes nothing whatever goes wrong`, async () => {
        await stage.reset();
        for (const [at, fault] of faults.entries()) {
          for (let step = 1 + (at % every); step < mostSteps; step += every) {
            const faulty = faultyIo(stage, step, fault);
            const asked = stage.connect(faulty.io)[ask];
            const outcome = await outcomeOf(async () => asked?.(faulty.signal));
            checkSaid(outcome, faulty, [], `${ask}, ${fault} at step ${step}`);
            if (!faulty.met()) break;
          }
        }
        assert.equal(await stage.held(), "former");
      });
    }
  });
}

/** False when the adapter was done before it came to that step. */
async function delivered(stage: Stage, step: number, fault: Fault): Promise<boolean> {
  await stage.reset();
  const faulty = faultyIo(stage, step, fault);
  const steps: string[] = [];
  const host = stage.connect(faulty.io);
  const onStep = (name: string, text: string) => steps.push(`${name} ${text}`);
  const outcome = await outcomeOf(() => deliver({ host, action: "deploy", signal: faulty.signal, onStep }, stage.next));
  const where = `${fault} at step ${step}`;
  checkSaid(outcome, faulty, steps, where);
  checkTruth(outcome, await heldAtLast(stage), where);
  return faulty.met();
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

type Outcome = { readonly answer: unknown } | { readonly error: HostError };

async function outcomeOf(work: () => Promise<unknown>): Promise<Outcome> {
  try {
    return { answer: await work() };
  } catch (error) {
    if (error instanceof HostError) return { error };
    throw error;
  }
}

function checkSaid(outcome: Outcome, faulty: Faulty, steps: readonly string[], where: string): void {
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

function checkTruth(outcome: Outcome, held: Held, where: string): void {
  const text = "answer" in outcome ? JSON.stringify(outcome.answer) : errorText(outcome.error);
  const told = `${where}: the host has ${held} of the plugin, and is said to: ${text}`;
  assert.notEqual(held, "half", told);
  // A plugin that seems to break its host is taken out again.
  if (held === "nothing") assert.match(text, /was removed again|out again failed/, told);
  if (text.includes('"verified"')) assert.equal(held, "new", told);
  if (/\bha(s|ve) what (it|they) had\b|nothing was sent|nothing has reached/.test(text))
    assert.equal(held, "former", told);
  if (/the host has the files of/.test(text)) assert.equal(held, "new", told);
}

async function works(stage: Stage): Promise<void> {
  await stage.reset();
  assert.equal(await stage.held(), "former");
  const host = stage.connect({ run: runIn(stage), token: async () => planted });
  const { verdict } = await deliver({ host, action: "deploy", signal: new AbortController().signal }, stage.next);
  assert.equal(verdict.state, "verified", JSON.stringify(verdict));
  assert.equal(await stage.held(), "new");
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
