// Files of other tools that share our file names, in the shapes that public repositories show: no system takes them for
// its own, so nothing is ever said about them. Each is invented; only the shape is real.

import assert from "node:assert/strict";
import { fixtureCases } from "../harness/fixtures.js";
import { openFixture } from "../harness/workspace.js";

describe("files of other tools", () => {
  for (const { name, fixture } of fixtureCases("foreign")) {
    it(`${name}: ${fixture.title}`, () => {
      const { manifest, reason } = openFixture(fixture);
      assert.equal(manifest, undefined, `taken for ${manifest?.system.id}: ${reason}`);
    });
  }
});
