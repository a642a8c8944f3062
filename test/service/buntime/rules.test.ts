// The table of Buntime's rules is whole: every code that the schema or a check can report has a row, and every row its proof.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { SYSTEMS } from "../../../server/service/index.js";
import { fromRoot } from "../../harness/root.js";

const rules = SYSTEMS.find(({ id }) => id === "buntime")?.rules ?? [];
const codes = rules.map(({ code }) => code);
const GENERIC = /\/(syntax|too-large|unknown-field|deprecated|unused-suppression)$/;

describe("buntime: rules", () => {
  it("codes are unique and of the system", () => {
    assert.equal(new Set(codes).size, codes.length);
    for (const code of codes) assert.match(code, /^buntime\/[a-z-]+$/);
  });
  it("every code of the schema has a row", () => {
    const schema = fs.readFileSync(fromRoot("schemas", "buntime-manifest.schema.json"), "utf8");
    for (const [, code = ""] of schema.matchAll(/"code": "([^"]+)"/g)) assert.ok(codes.includes(code), code);
  });
  it("every row says what, why and how to mend it", () => {
    for (const { code, title, host, fix } of rules) {
      assert.ok(title && host && fix, code);
      assert.doesNotMatch(`${title}\n${fix}`, /\.$/m, code);
    }
  });
  it("every code is proven by a fixture that it fires in", () => {
    const folder = fromRoot("test", "fixtures", "buntime");
    const proof = fs
      .readdirSync(folder)
      .map((name) => fs.readFileSync(path.join(folder, name), "utf8"))
      .join("\n");
    for (const code of codes) if (!GENERIC.test(code)) assert.match(proof, new RegExp(`~ \\w+ ${code}\\b`), code);
  });
});
