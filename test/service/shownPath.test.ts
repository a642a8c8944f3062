// Paths as messages and lists show them: below the folder of the workspace, with its name where there are several.

import assert from "node:assert/strict";
import { NO_WORKSPACE } from "../../server/service/index.js";
import { fromRoot } from "../../server/service/systems/shownPath.js";

describe("a path from its folder of the workspace", () => {
  const from = (path: string, ...roots: string[]) => fromRoot(path, { workspace: { ...NO_WORKSPACE, roots } });
  it("is short where there is one, and says which one of several", () => {
    assert.equal(from("/w/a/b.yaml", "/w"), "a/b.yaml");
    assert.equal(from("/w/one/b.yaml", "/w/one", "/w/two"), "one/b.yaml");
    assert.equal(from("/w/two/b.yaml", "/w/one", "/w/two"), "two/b.yaml");
  });
  it("is whole outside of all", () => {
    assert.equal(from("/x/b.yaml", "/w/one", "/w/two"), "/x/b.yaml");
  });
});
