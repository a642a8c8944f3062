// What Go's YAML reader takes and what it refuses, each tried on the genuine one (`kubectl kustomize`, 1.32), and where.

import assert from "node:assert/strict";
import { goDocumentIn } from "../../../server/service/text/go/refusal.js";

const TAKEN = [
  "a: [\nb\n]",
  "- {\n a: b\n}",
  'a: "x\ny"',
  "  a: 'x\ny'",
  "a: [b]#c",
  'a: "b"#c',
  "a: |-#c\n  d",
  "a: {b:, c:}",
  "a: {b: -, c: -d}",
  'a:\t{"b":"c",\td: e}\t# f',
  "a:\t\n- b",
  "a: b\tc",
  "a: &x !!map {b: *x}",
  "? a\n: b",
  "a: |2\n   b",
  "%YAML 1.1\n---\na: b",
  "---\n...\n",
  "a: b\n...\n%",
] as const;

/** The place that is refused is marked by a caret. */
const REFUSED = [
  "a: b\n^\tc: d",
  "a:\n^\t- b",
  "-^\ta",
  "a: |\n ^\tb",
  "a: {b: c^?d}",
  "a: ^@b",
  "a: ^`b`",
  'a: "b^\\d"',
  "a: ^'b",
  "a: b^: c",
  "a: ^- b",
  "a: [b c: d e, f^",
  "a: [b\nc^: d",
  "- a\n^b: c",
  "a: ^*",
  "a: !^{b",
  "^...\na: b",
  "^%\na: b",
  "a: ^|x\n",
] as const;

describe("what Go's YAML reader takes", () => {
  for (const text of TAKEN)
    it(JSON.stringify(text), () => assert.equal(goDocumentIn(text).refusal?.message, undefined));

  for (const marked of REFUSED)
    it(`not ${JSON.stringify(marked)}`, () => {
      const text = marked.replace("^", "");
      const { refusal } = goDocumentIn(text);
      assert.ok(refusal, "it is taken");
      assert.equal(`${text.slice(0, refusal.at)}^${text.slice(refusal.at)}`, marked);
    });

  it("reads no further than the first document", () => {
    const text = "  a: b\nc: {";
    assert.equal(goDocumentIn(text).end, text.indexOf("c"));
  });
});
