// Agreement with the genuine tool: for every fixture, `kubectl kustomize` fails if and only if we report an error. The
// exceptions are listed with their reasons. Without kubectl the suite says so and skips.

import assert from "node:assert/strict";
import type { Fixture } from "../../harness/fixture.js";
import { fixtureCases } from "../../harness/fixtures.js";
import { type Verdict, withKubectl } from "./verdicts.js";

/**
 * Fixtures where the two may differ, and why; besides those of no-dockerfile, a rule of the guide alone, and those with remote
 * bases, charts, plugins of others and Components, which can't be built here and must stay silent.
 */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  "absolute-path": "the absolute path exists only in the fixture",
  "outside-root-setting": "the setting stands for --load-restrictor LoadRestrictionsNone",
  "remote-unknown": "nothing remote is judged, and the tool can't reach it here",
  "helm-values-merge": "helm isn't enabled in this build",
  "deprecated-helm": "helm isn't enabled in this build",
  "helm-name": "helm isn't enabled in this build",
  "helm-values-merge-right": "helm isn't enabled in this build",
  "helm-name-right": "helm isn't enabled in this build",
  "field-too-new-right": "helm isn't enabled in this build",
  "inside-component-plugins-right": "a component by itself works on what its user brings",
  "suppressed-json": "its error is silenced by a comment",
  "flux-unknown": "a Flux object is not ours, whatever kustomize says",
};

describe("openjourney: agreement with kubectl kustomize", function () {
  const cases = fixtureCases()
    .filter(({ name }) => /^openjourney\/|^(broken|unusual)\/openjourney/.test(name))
    .map(({ name, fixture }) => ({ name: name.replace(/^openjourney\//, ""), fixture }))
    .filter(({ name, fixture }) => isComparable(name, fixture));
  this.timeout(60_000 + cases.length * 1_000);
  const judge = withKubectl();
  let verdicts: ReadonlyMap<Fixture, Verdict> = new Map();

  before(async () => {
    verdicts = await judge(cases.map(({ fixture }) => fixture));
  });

  for (const { name, fixture } of cases) {
    it(`${name}: ${fixture.title}`, () => {
      const verdict = verdicts.get(fixture);
      assert.ok(verdict, "it was not built");
      const { failure, errors } = verdict;
      if (failure === undefined) assert.equal(errors, "", "kustomize builds this");
      else assert.notEqual(errors, "", `kustomize fails: ${failure}`);
    });
  }
});

function isComparable(name: string, fixture: Fixture): boolean {
  const isUnknown = fixture.sections.some(({ name: section }) => section === "disk");
  const rest = fixture.files.every((file) => file.path.startsWith("/workspace/"));
  const first = fixture.files[0]?.path ?? "";
  return (
    !(name in EXCEPTIONS || name.startsWith("no-dockerfile") || name.includes("openjourney-remote")) &&
    !isUnknown &&
    rest &&
    /\/(kustomization\.ya?ml|Kustomization)$/.test(first)
  );
}
