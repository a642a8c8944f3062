// What a host does with a mistake, in words, beside the rule that says so and the fixture that shows it: every behaviour that a
// host has and that files can tell is a row, and every rule of a system has one.

import assert from "node:assert/strict";
import { SYSTEMS, type SystemId } from "../../../server/service/index.js";
import { fixtureCases } from "../../harness/fixtures.js";
import { SHOWN_BY } from "../textOnly.js";

/** `fixture` without the system's folder; the severity is that of its mark. */
export type HostRow = readonly [
  host: string,
  severity: "error" | "warning" | "information" | "hint",
  code: string,
  fixture: string,
];

/** Rules about our own comments and bounds, of which no host knows. */
const OURS = new Set(["unused-suppression", "too-large"]);

export function agree(system: SystemId, title: string, parts: Readonly<Record<string, readonly HostRow[]>>): void {
  const rows = Object.values(parts).flat();
  describe(`${title}: what the host does, row by row`, () => {
    const shown = new Map(fixtureCases(system).map(({ name, fixture }) => [name, fixture]));
    for (const [part, own] of Object.entries(parts))
      for (const [host, severity, code, fixture] of own)
        it(`${part}: ${host}`, () => {
          if (SHOWN_BY[`${system}/${code}`] !== undefined) return;
          const marks = shown.get(`${system}/${fixture}`)?.files[0]?.marks;
          assert.ok(marks, `there is no fixture ${fixture}`);
          const said = marks.map((mark) => `${mark.severity} ${mark.code}`);
          assert.ok(said.includes(`${severity} ${system}/${code}`), `${fixture} has ${said.join(", ")}`);
        });

    it("every rule has its row", () => {
      const rules = SYSTEMS.find(({ id }) => id === system)?.rules ?? [];
      const codes = rules.map(({ code }) => code.slice(system.length + 1)).filter((code) => !OURS.has(code));
      assert.deepEqual(
        codes.filter((one) => !rows.some(([, , code]) => code === one)),
        [],
      );
    });
  });
}
