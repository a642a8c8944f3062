// How each host's parser reads plain scalars: the tables of PyYAML (YAML 1.1), go-yaml as kustomize uses it, Bun's YAML 1.2
// and JSON, side by side.

import assert from "node:assert/strict";
import { type Dialect, plainValue, TIMESTAMP } from "../../server/service/text/readings.js";

const DIALECTS: readonly Dialect[] = ["yaml-1.2", "pyyaml", "go-yaml"];
const same = Symbol("the text itself");

/** Text -> what Bun, PyYAML and go-yaml make of it. */
const TABLE: readonly [string, ...unknown[]][] = [
  ["true", true, true, true],
  ["True", true, true, true],
  ["yes", same, true, true],
  ["NO", same, false, false],
  ["on", same, true, true],
  ["Off", same, false, false],
  ["y", same, same, true],
  ["N", same, same, false],
  ["tRUE", same, same, same],
  ["", null, null, null],
  ["~", null, null, null],
  ["null", null, null, null],
  ["Null", null, null, null],
  ["nULL", same, same, same],
  ["0", 0, 0, 0],
  ["42", 42, 42, 42],
  ["-7", -7, -7, -7],
  ["+7", 7, 7, 7],
  ["010", 10, 8, 8],
  ["0o10", 8, same, 8],
  ["0x1F", 31, 31, 31],
  ["0b101", same, 5, 5],
  ["1_000", same, 1000, 1000],
  ["1.5", 1.5, 1.5, 1.5],
  ["1.2.3", same, same, same],
  ["v1.0", same, same, same],
  ["12e4", 120000, same, 120000],
  ["1.0e+3", 1000, 1000, 1000],
  ["12:30", same, 750, same],
  ["1:02:03", same, 3723, same],
  [".inf", Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
  [".nan", Number.NaN, Number.NaN, Number.NaN],
  ["2025-01-31", same, TIMESTAMP, same],
  ["localhost:32000/web", same, same, same],
  ["a.B", same, same, same],
];

describe("readings", () => {
  for (const [text, ...values] of TABLE) {
    for (const [i, dialect] of DIALECTS.entries()) {
      const wanted = values[i] === same ? text : values[i];
      it(`${JSON.stringify(text)} in ${dialect} is ${String(wanted)}`, () =>
        assert.deepEqual(plainValue(text, dialect), wanted));
    }
  }

  for (const text of ["True", "yes", "~", "01", "+1", ".5", "0x1", "NaN", ""])
    it(`${JSON.stringify(text)} is nothing in JSON`, () => assert.equal(plainValue(text, "json"), text));
  for (const [text, value] of [
    ["true", true],
    ["null", null],
    ["-0.5e2", -50],
  ] as const)
    it(`${text} in JSON`, () => assert.equal(plainValue(text, "json"), value));
});
