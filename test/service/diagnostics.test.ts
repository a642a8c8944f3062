// Every fixture under test/fixtures that asks for no other answer: its problems are exactly those marked, at the marked columns, in LF
// and CRLF.
// UPDATE_EXPECT=1 rewrites the marks in place.

import assert from "node:assert/strict";
import { createDiagnose, type Problem } from "../../server/service/index.js";
import type { Fixture } from "../harness/fixture.js";
import { fixtureCases } from "../harness/fixtures.js";
import { openFixture } from "../harness/workspace.js";

const diagnose = createDiagnose();

/** Fixtures that ask for something else than problems. */
const ANSWERS = /^(completion|hover|links|symbols|folding)$/;

describe("problems", () => {
  for (const { name, source, fixture, rewrite } of fixtureCases()) {
    if (name.startsWith("navigation/") || fixture.sections.some((one) => ANSWERS.test(one.name))) continue;
    for (const eol of ["\n", "\r\n"] as const) {
      it(`${name}${eol === "\n" ? "" : " (CRLF)"}: ${fixture.title}`, () => {
        const expected = drawn(fixture, marksOf(fixture));
        const actual = drawn(fixture, problemsOf(fixture, eol));
        if (process.env.UPDATE_EXPECT && eol === "\n" && actual !== expected) rewrite(rewritten(source, actual));
        else assert.equal(actual, expected);
      });
    }
  }
});

interface Drawn {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function marksOf(fixture: Fixture): Drawn[] {
  return (fixture.files[0]?.marks ?? []).map(({ line, start, end, severity, code, message }) => ({
    line,
    start,
    end,
    text: `${severity} ${code}${message === undefined ? "" : `: ${message}`}`,
  }));
}

/** A mark's message is a part of the problem's; it is shown as marked when it fits, so that only misfits differ. */
function problemsOf(fixture: Fixture, eol: "\n" | "\r\n"): Drawn[] {
  const { manifest } = openFixture(fixture, eol);
  if (!manifest) return [];
  const marks = [...(fixture.files[0]?.marks ?? [])];
  return diagnose(manifest).map((problem) => {
    const start = manifest.parsed.document.positionAt(problem.span[0]);
    const end = manifest.parsed.document.positionAt(problem.span[1]);
    const lineLength = (fixture.files[0]?.text.split("\n")[start.line] ?? "").length;
    const last = end.line === start.line ? end.character : Math.max(lineLength, start.character + 1);
    const width = Math.max(1, last - start.character);
    const at = marks.findIndex(
      (mark) => mark.line === start.line && mark.start === start.character && mark.code === problem.code,
    );
    const wanted = at < 0 ? undefined : marks.splice(at, 1)[0]?.message;
    return { line: start.line, start: start.character, end: start.character + width, text: label(problem, wanted) };
  });
}

function label({ severity, code, message }: Problem, wanted: string | undefined): string {
  if (wanted === undefined) return `${severity} ${code}`;
  return `${severity} ${code}: ${message.includes(wanted) ? wanted : message}`;
}

function drawn(fixture: Fixture, marks: readonly Drawn[]): string {
  const lines = (fixture.files[0]?.text ?? "").split("\n");
  const sorted = [...marks].sort(
    (a, b) => a.line - b.line || a.start - b.start || a.end - b.end || a.text.localeCompare(b.text),
  );
  return lines
    .flatMap((line, at) => [
      line,
      ...sorted
        .filter((mark) => mark.line === at)
        .map((mark) => `${" ".repeat(mark.start)}${"~".repeat(mark.end - mark.start)} ${mark.text}`),
    ])
    .join("\n");
}

function rewritten(source: string, actual: string): string {
  const blocks = source.split(/^(?=>>> )/m);
  const at = blocks.findIndex((block) => block.startsWith(">>> ") && !block.startsWith(">>> settings"));
  const header = blocks[at]?.split("\n")[0] ?? "";
  return [
    ...blocks.slice(0, at),
    `${header}\n${actual.replaceAll("\ufeff", "\\ufeff\\")}`,
    ...blocks.slice(at + 1),
  ].join("");
}
