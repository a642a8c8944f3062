// Every manifest that the users' guides show: recognised, without an error, with a hover on each key, and completion of
// each key that the schema names.

import assert from "node:assert/strict";
import fs from "node:fs";
import {
  createDiagnose,
  createLanguageService,
  type Manifest,
  parseText,
  recognise,
} from "../../server/service/index.js";
import { readFixture } from "../harness/fixture.js";
import { fromRoot } from "../harness/root.js";
import { openFixture } from "../harness/workspace.js";

const folder = fromRoot("test", "fixtures", "guides");
const service = createLanguageService();
const diagnose = createDiagnose();
/** Keys that people choose themselves; there is nothing to complete. */
const FREE = /^plugin|^color$/;

describe("guides", () => {
  for (const name of fs.readdirSync(folder).sort()) {
    const fixture = readFixture(fs.readFileSync(`${folder}/${name}`, "utf8"));
    describe(`${name.replace(/\.fixture$/, "")}: ${fixture.title}`, () => {
      const { manifest, workspace } = openFixture(fixture);
      it("is recognised", () => assert.ok(manifest));
      if (!manifest) return;
      it("has no error", () =>
        assert.deepEqual(
          diagnose(manifest).filter(({ severity }) => severity === "error"),
          [],
        ));
      for (const { key, offset } of keysOf(manifest)) {
        it(`explains ${key}`, () => {
          const position = manifest.parsed.document.positionAt(offset + 1);
          assert.ok(service.hover(manifest, position), `no hover on ${key}`);
        });
        if (FREE.test(key)) continue;
        it(`completes ${key}, whole and half-typed`, () => {
          const labels = (one: Manifest, at: number) =>
            service.complete(one, one.parsed.document.positionAt(at)).items.map(({ label }) => label);
          assert.ok(labels(manifest, offset + key.length).includes(key));
          const half = manifest.parsed.text.slice(0, offset + Math.ceil(key.length / 2));
          const typed = recognise(parseText(manifest.parsed.uri, half), workspace, {
            ...manifest.settings,
            associations: { "**/*": `${manifest.system.id}/${manifest.kind.id}` },
          });
          assert.ok(typed.manifest && labels(typed.manifest, half.length).includes(key));
        });
      }
    });
  }
});

function keysOf({ parsed }: Manifest): { key: string; offset: number }[] {
  return [...parsed.text.matchAll(/^(?:[ \t]*(?:- )?|[{ \t,]*)"?([A-Za-z][\w-]*)"?[ ]*:(?=\s)/gm)].map((match) => {
    const key = match[1] ?? "";
    return { key, offset: match.index + match[0].indexOf(key) };
  });
}
