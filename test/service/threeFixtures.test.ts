// Every rule is shown three times: a fixture where it fires, the nearest right one, `<rule>-right`, and one where the fact
// that it needs is unknown, `<rule>-unknown`. Rules that need no fact are listed in textOnly.ts, and proven to need none.

import assert from "node:assert/strict";
import fs from "node:fs";
import { createDiagnose, SYSTEMS } from "../../server/service/index.js";
import type { Fixture } from "../harness/fixture.js";
import { fixtureCases } from "../harness/fixtures.js";
import { fromRoot } from "../harness/root.js";
import { openFixture } from "../harness/workspace.js";
import { SHOWN_BY, TEXT_ONLY } from "./textOnly.js";

const diagnose = createDiagnose();
const all = fixtureCases();

for (const { id, rules } of SYSTEMS) {
  describe(`${id}: every rule has its fixtures`, () => {
    const own = all.filter(({ name }) => name.startsWith(`${id}/`));
    const textOnly = (TEXT_ONLY[id] ?? []).map((rule) => `${id}/${rule}`);
    for (const { code } of rules) {
      const shownBy = SHOWN_BY[code];
      if (shownBy !== undefined) {
        it(`${code}: is shown by ${shownBy}`, () =>
          assert.ok(fs.readFileSync(fromRoot("test", "service", shownBy), "utf8").includes(`["${code}"]`)));
        continue;
      }
      const named = own.filter(
        ({ name }) => name === code || name.startsWith(`${code}-`) || name.startsWith(`${code}#`),
      );
      const firing = all.filter(({ fixture }) => marks(fixture, code));

      it(`${code}: fires`, () => assert.ok(firing.length > 0, "no fixture has a mark of it"));
      it(`${code}: stays silent on the nearest right file`, () => {
        const right = named.filter(({ name }) => /-right(#\d+)?$/.test(name.slice(code.length)));
        assert.ok(right.length > 0, `there is no ${code}[-…]-right.fixture`);
        for (const { name, fixture } of right) {
          assert.ok(!marks(fixture, code), `${name} has a mark of it`);
          assert.ok(openFixture(fixture).manifest, `${name} is not recognised, so its silence proves nothing`);
        }
      });
      if (textOnly.includes(code))
        it(`${code}: needs the text alone`, () => {
          // Whose the file is, its neighbours may have told.
          for (const { name, fixture } of firing.filter((one) => openFixture(alone(one.fixture)).manifest))
            assert.deepEqual(said(alone(fixture), code), said(fixture, code), name);
        });
      else
        it(`${code}: stays silent when the fact is unknown`, () => {
          const unknown = named.filter(({ name }) => /-unknown(#\d+)?$/.test(name.slice(code.length)));
          assert.ok(unknown.length > 0, `there is no ${code}[-…]-unknown.fixture, and textOnly.ts doesn't list it`);
          for (const { name, fixture } of unknown) assert.ok(!marks(fixture, code), `${name} has a mark of it`);
        });
    }
    it("textOnly.ts lists rules of the table", () => {
      assert.deepEqual(
        textOnly.filter((code) => !rules.some((rule) => rule.code === code)),
        [],
      );
    });
    it("fixtures mark codes of the table", () => {
      const marked = own.flatMap(({ fixture }) => fixture.files.flatMap((file) => file.marks.map(({ code }) => code)));
      assert.deepEqual(
        [...new Set(marked)].filter((code) => !rules.some((rule) => rule.code === code)),
        [],
      );
    });
  });
}

function marks({ files }: Fixture, code: string): boolean {
  return files[0]?.marks.some((mark) => mark.code === code) ?? false;
}

/** The file under test, on a disk of which nothing is known. */
function alone(fixture: Fixture): Fixture {
  return {
    ...fixture,
    files: fixture.files.slice(0, 1),
    hosts: [],
    remotes: [],
    sections: [{ name: "disk", lines: ["unknown"] }],
  };
}

function said(fixture: Fixture, code: string): string[] {
  const { manifest } = openFixture(fixture);
  return (manifest ? diagnose(manifest) : [])
    .filter((problem) => problem.code === code)
    .map(({ span, severity, message }) => `${span.join("-")} ${severity}: ${message}`);
}
