// Many fixtures judged by us and built by the genuine kubectl, two at a time. Nearly all of a build's time is kubectl's start; so those
// without an error are built many to a start, and fewer where that fails. KUBECTL=each starts it for each of them.

import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createDiagnose } from "../../../server/service/index.js";
import type { Fixture } from "../../harness/fixture.js";
import { openFixture } from "../../harness/workspace.js";
import { build, buildTogether, isOfTop, kubectlVersion } from "./kubectl.js";

export interface Verdict {
  /** What kubectl says where it doesn't build. */
  readonly failure: string | undefined;
  /** Our errors, one a line; empty without any. */
  readonly errors: string;
}

export type Judge = (fixtures: readonly Fixture[]) => Promise<ReadonlyMap<Fixture, Verdict>>;

/** With more of them, more is built again when one fails. */
const MOST_TOGETHER = 24;

/** For the suite that calls it: builds in a folder of its own; without kubectl the suite says so and skips. */
export function withKubectl(): Judge {
  let folder = "";
  before(function () {
    if (!kubectlVersion()) {
      console.log("      skipped: kubectl is not on PATH, so there is nothing to agree with");
      this.skip();
    }
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "plugsmith-agreement-"));
  });
  after(() => {
    if (folder) fs.rmSync(folder, { recursive: true, force: true });
  });
  const diagnose = createDiagnose();
  const errorsIn = (fixture: Fixture) => {
    const { manifest } = openFixture(fixture);
    assert.ok(manifest, `the first file is not recognised: ${fixture.title}`);
    const errors = diagnose(manifest).filter(({ severity }) => severity === "error");
    return errors.map(({ code, message }) => `${code}: ${message}`).join("\n");
  };
  return async (fixtures) => {
    const ours = new Map(fixtures.map((one) => [one, errorsIn(one)]));
    const failures = new Map<Fixture, string | undefined>();
    const open = groupsOf(fixtures, (one) => ours.get(one) === "");
    let count = 0;
    const worker = async () => {
      for (let group = open.pop(); group; group = open.pop()) {
        const [first, ...others] = group;
        const own = path.join(folder, String(count++));
        if (first === undefined) continue;
        const failure = await (others.length === 0 ? build(own, first) : buildTogether(own, group));
        if (failure === undefined || others.length === 0) for (const one of group) failures.set(one, failure);
        else open.push(...halvesOf(group));
      }
    };
    await Promise.all([worker(), worker()]);
    return new Map([...ours].map(([one, errors]) => [one, { errors, failure: failures.get(one) }]));
  };
}

/** What is built with one start. */
function groupsOf(fixtures: readonly Fixture[], isGood: (fixture: Fixture) => boolean): (readonly Fixture[])[] {
  const isAlone = (one: Fixture) => process.env.KUBECTL === "each" || isOfTop(one) || !isGood(one);
  const [alone, together] = [fixtures.filter(isAlone), fixtures.filter((one) => !isAlone(one))];
  const groups = Array.from({ length: Math.ceil(together.length / MOST_TOGETHER) }, (_, at) =>
    together.slice(at * MOST_TOGETHER, (at + 1) * MOST_TOGETHER),
  );
  return [...alone.map((one) => [one]), ...groups];
}

function halvesOf(group: readonly Fixture[]): (readonly Fixture[])[] {
  const middle = Math.ceil(group.length / 2);
  return [group.slice(0, middle), group.slice(middle)];
}
