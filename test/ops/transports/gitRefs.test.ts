// What a ref means to a host that clones and fetches: the table of the service's behaviour, row by row.
import assert from "node:assert/strict";
import { type RemoteRefs, resolveRef } from "../../../client/ops/transports/git/refs.js";

const main = "1111111111111111111111111111111111111111";
const next = "2222222222222222222222222222222222222222";
const tag = "abcdef3333333333333333333333333333333333";
const remote: RemoteRefs = {
  defaultBranch: "main",
  branches: new Map([
    ["main", main],
    ["next", next],
    ["both", next],
  ]),
  tags: new Map([
    ["v1", tag],
    ["both", tag],
    ["20250101", tag],
  ]),
};

describe("a ref", () => {
  const rows: readonly [string | undefined, string][] = [
    ["origin/main", "follows refs/remotes/origin/main"],
    ["origin/next", "follows refs/remotes/origin/next"],
    ["origin/HEAD", "follows refs/remotes/origin/HEAD"],
    ["origin", "follows refs/remotes/origin/HEAD"],
    ["refs/remotes/origin/next", "follows refs/remotes/origin/next"],
    ["remotes/origin/next", "follows refs/remotes/origin/next"],
    ["main", "stays refs/heads/main"],
    ["refs/heads/main", "stays refs/heads/main"],
    ["heads/main", "stays refs/heads/main"],
    ["HEAD", "stays HEAD"],
    ["v1", "fixed refs/tags/v1"],
    ["tags/v1", "fixed refs/tags/v1"],
    ["refs/tags/v1", "fixed refs/tags/v1"],
    ["both", "fixed refs/tags/both"],
    ["20250101", "fixed refs/tags/20250101"],
    [undefined, 'write "origin/main" as ref'],
    ["", 'write "origin/main" as ref'],
    ["next", 'write "origin/next"'],
    ["refs/heads/next", 'write "origin/next"'],
    [main, "tag the commit and name the tag, or follow a branch"],
    ["abcdef3", "tag the commit and name the tag, or follow a branch"],
    ["HEAD~1", "tag the commit and name the tag"],
    ["origin/main~1", 'write "origin/main", or tag the commit and name the tag'],
    ["v1^{}", 'write "v1", or tag the commit and name the tag'],
    ["main@{0}", "tag the commit and name the tag"],
    ["origin/nxt", 'did you mean "origin/next"?'],
    ["something-else", 'write "origin/main", or a tag that is there'],
    ["1234", 'write "origin/main", or a tag that is there'],
  ];
  for (const [ref, wanted] of rows) {
    it(`${ref === undefined ? "that is absent" : `"${ref}"`}: ${wanted}`, () => {
      const verdict = resolveRef(remote, ref);
      assert.equal(verdict.loads ? `${verdict.moves} ${verdict.name}` : verdict.next, wanted);
    });
  }
  it("that is absent follows master where there is one", () => {
    const verdict = resolveRef(
      { ...remote, branches: new Map([["master", next]]), defaultBranch: "master" },
      undefined,
    );
    assert.deepEqual(verdict, { loads: true, moves: "follows", name: "refs/remotes/origin/master", commit: next });
  });
  it("of the default branch says that it does not follow", () => {
    const verdict = resolveRef(remote, "main");
    assert.match((verdict.loads && verdict.note) || "", /write "origin\/main" to follow the branch/);
  });
  it("in an empty repository loads nothing", () => {
    for (const ref of [undefined, "HEAD", "origin/main", "main"]) {
      assert.equal(resolveRef({ branches: new Map(), tags: new Map() }, ref).loads, false);
    }
  });
});
