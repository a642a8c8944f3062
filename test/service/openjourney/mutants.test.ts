// Good kustomizations with one slip each, seeded: `kubectl kustomize` fails if and only if we report an error. More of them
// with MUTANTS=seed:count. Without kubectl the suite says so and skips.

import assert from "node:assert/strict";
import type { Fixture } from "../../harness/fixture.js";
import { fixtureCases } from "../../harness/fixtures.js";
import { randomFrom } from "../../harness/random.js";
import { mutant } from "./mutants.js";
import { withKubectl } from "./verdicts.js";

const [SEED = 1, COUNT = 100] = (process.env.MUTANTS ?? "").split(":").flatMap((text) => (text ? [Number(text)] : []));

describe("openjourney: agreement with kubectl kustomize over slips", function () {
  this.timeout(60_000 + COUNT * 1_000);
  const judge = withKubectl();

  it(`${COUNT} slips of seed ${SEED}`, async () => {
    const verdicts = await judge(slips());
    const differing = [...verdicts].flatMap(([{ files }, { failure, errors }]) => {
      if ((failure === undefined) === (errors === "")) return [];
      return [`${failure === undefined ? "false" : "missed"}: ${failure ?? errors}\n${files[0]?.text}`];
    });
    assert.deepEqual(differing, []);
  });
});

/** Whole kustomizations, each with a slip in its own file. */
function slips(): Fixture[] {
  const whole = fixtureCases("unusual").filter(({ name }) => name.includes("openjourney-whole"));
  const random = randomFrom(SEED);
  return Array.from({ length: COUNT }, (_, at) => {
    const fixture = whole[at % whole.length]?.fixture;
    assert.ok(fixture, "there are no whole kustomizations");
    const [first, ...others] = fixture.files;
    assert.ok(first);
    return { ...fixture, files: [{ ...first, text: mutant(first.text, random) }, ...others] };
  });
}
