// Buntime's fixes to the letter: what they write, and what they leave as it is. That each of them helps is fixProperties.test.ts.

import assert from "node:assert/strict";
import type { Fix } from "../../../server/service/index.js";
import { readFixture } from "../../harness/fixture.js";
import { mended, problemsOf } from "../../harness/mend.js";

describe("buntime: fixes", () => {
  it("keeps quotes, comments and line ends", () => {
    const fixture = readFixture(
      "x\n>>> manifest.yaml\nname: 'My Notes' # mine\nbase: \"notes/\"\n>>> plugin.js\nexport default {};\n",
    );
    const [name, base] = problemsOf(fixture, "\r\n").flatMap(({ fixes }) => fixes ?? []);
    assert.ok(name && base);
    assert.equal(mended(fixture, name, "\r\n").files[0]?.text, "name: 'my-notes' # mine\r\nbase: \"notes/\"\r\n");
    assert.equal(mended(fixture, base, "\r\n").files[0]?.text, "name: 'My Notes' # mine\r\nbase: \"/notes\"\r\n");
  });

  it("moves secrets to .env", () => {
    const fixture = readFixture(
      "x\n>>> manifest.yaml\nname: '@example/plugin-notes'\nbase: /notes\nentrypoint: page.ts\nenv:\n  API_KEY: AbCd1234EfGh5678 # key\nclientSecret: '9f86d081884c7d65' # ours\n" +
        ">>> .env\nLIMIT=5\n>>> page.ts\nexport default {};\n>>> plugin.js\nexport default {};\n",
    );
    const [key, secret] = problemsOf(fixture, "\n").flatMap(({ fixes }) => fixes ?? []);
    assert.ok(key && secret);
    const texts = (fix: Fix) => mended(fixture, fix, "\n").files.map(({ text }) => text);
    assert.deepEqual(texts(key).slice(0, 2), [
      "name: '@example/plugin-notes'\nbase: /notes\nentrypoint: page.ts\nclientSecret: '9f86d081884c7d65' # ours\n",
      "LIMIT=5\nAPI_KEY=AbCd1234EfGh5678\n",
    ]);
    assert.deepEqual(texts(secret).slice(0, 2), [
      "name: '@example/plugin-notes'\nbase: /notes\nentrypoint: page.ts\nenv:\n  API_KEY: AbCd1234EfGh5678 # key\n" +
        "config:\n  clientSecret:\n    type: password\n    label: Client secret\n    env: NOTES_CLIENT_SECRET # ours\n",
      "LIMIT=5\nNOTES_CLIENT_SECRET=9f86d081884c7d65\n",
    ]);
  });
});
