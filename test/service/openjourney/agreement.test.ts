// Agreement with the genuine tool: for every fixture, `kubectl kustomize` fails if and only if we report an error. The
// exceptions are listed with their reasons. Without kubectl the suite says so and skips.

import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createDiagnose } from "../../../server/service/index.js";
import type { Fixture } from "../../harness/fixture.js";
import { fixtureCases } from "../../harness/fixtures.js";
import { openFixture } from "../../harness/workspace.js";
import { build, kubectlVersion } from "./kubectl.js";

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
  "flux-unknown": "a Flux object is not ours, whatever kustomize says",
};

describe("openjourney: agreement with kubectl kustomize", function () {
  this.timeout(60_000);
  const version = kubectlVersion();
  const cases = fixtureCases()
    .filter(({ name }) => /^openjourney\/|^(broken|unusual)\/openjourney/.test(name))
    .map(({ name, fixture }) => ({ name: name.replace(/^openjourney\//, ""), fixture }))
    .filter(({ name, fixture }) => isComparable(name, fixture));
  const diagnose = createDiagnose();
  const outcomes = new Map<string, Promise<string | undefined>>();
  let folder = "";

  before(function () {
    if (!version) {
      console.log("      skipped: kubectl is not on PATH, so there is nothing to agree with");
      this.skip();
    }
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "plugsmith-agreement-"));
    const lines: [Promise<unknown>, Promise<unknown>] = [Promise.resolve(), Promise.resolve()];
    for (const [at, { name, fixture }] of cases.entries()) {
      const line = at % 2 === 0 ? 0 : 1;
      const outcome = lines[line].then(() => build(path.join(folder, name), fixture));
      outcomes.set(name, outcome);
      lines[line] = outcome;
    }
  });

  after(() => {
    if (folder) fs.rmSync(folder, { recursive: true, force: true });
  });

  for (const { name, fixture } of cases) {
    it(`${name}: ${fixture.title}`, async () => {
      const failure = await outcomes.get(name);
      const { manifest } = openFixture(fixture);
      assert.ok(manifest, "the fixture's first file is not recognised");
      const errors = diagnose(manifest).filter(({ severity }) => severity === "error");
      const ours = errors.map(({ code, message }) => `${code}: ${message}`).join("\n");
      if (failure === undefined) assert.equal(ours, "", "kustomize builds this");
      else assert.notEqual(ours, "", `kustomize fails: ${failure}`);
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
