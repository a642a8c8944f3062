// Every fix of every problem of every fixture, in LF and CRLF, applied to all the files that it names: the problem is gone, no
// problem comes anew, text that parsed still parses, comments and line ends are kept, and a second time it has nothing to do.

import assert from "node:assert/strict";
import { URI } from "vscode-uri";
import { type Fix, type Problem, parseText } from "../../server/service/index.js";
import type { Fixture, FixtureFile } from "../harness/fixture.js";
import { fixtureCases } from "../harness/fixtures.js";
import { mended, problemsOf } from "../harness/mend.js";
import { REVEALED } from "./revealed.js";

describe("each fix", () => {
  for (const { name, fixture } of fixtureCases()) {
    if (/^(foreign|navigation)\//.test(name) || fixture.files[0]?.caret !== undefined) continue;
    for (const eol of ["\n", "\r\n"] as const) {
      const before = problemsOf(fixture, eol);
      const fixes = before.flatMap((problem) => (problem.fixes ?? []).map((fix) => ({ problem, fix })));
      for (const [at, { problem, fix }] of fixes.entries()) {
        it(`${name} ${at}: ${fix.title}${eol === "\n" ? "" : " (CRLF)"}`, () => {
          const then = mended(fixture, fix, eol);
          const after = problemsOf(then, "\n");
          assert.ok(count(after, problem) < count(before, problem), `${problem.code} is still there\n${textOf(then)}`);
          const fresh = fix.safe && isOfSyntax(problem) ? after.filter(isOfSyntax) : after;
          assert.deepEqual(anew(name, before, fresh), [], textOf(then));
          assert.ok(brokenIn(then) <= brokenIn(fixture), `broken now\n${textOf(then)}`);
          keepsLineEnds(fixture, then, eol);
          if (!MAY_DROP_COMMENTS.test(fix.title)) keepsComments(fixture, fix, eol);
          const again = after.filter((one) => one.code === problem.code && one.message === problem.message);
          const same = again.flatMap(({ fixes = [] }) => fixes).filter(({ title }) => title === fix.title);
          assert.ok(
            same.length < fixes.filter((one) => one.fix.title === fix.title).length,
            "it can be applied for ever",
          );
        });
      }
    }
  }
});

/** What takes a line away takes the comment behind it along. */
const MAY_DROP_COMMENTS = /^(Remove|Delete|Move|Put the)\b/;

const count = (list: readonly Problem[], { code }: Problem): number => list.filter((one) => one.code === code).length;

/** Once text can be read, what it says is judged for the first time. */
const isOfSyntax = ({ code }: Problem): boolean => code.endsWith("/syntax");

/** Codes that stand in `after` more often than before, but for what the fix brings to light. */
function anew(name: string, before: readonly Problem[], after: readonly Problem[]): string[] {
  const more = after.filter((one) => count(after, one) > count(before, one) && one.code !== REVEALED[name]?.[0]);
  return [...new Set(more.map(({ code, message }) => `${code}: ${message}`))];
}

const textOf = ({ files }: Fixture): string => files[0]?.text ?? "";

function brokenIn({ files: [first] }: Fixture): number {
  return first ? parseText(URI.file(first.path).toString(), first.text).tree.problems.length : 0;
}

function keepsLineEnds({ files }: Fixture, then: Fixture, eol: "\n" | "\r\n"): void {
  for (const file of then.files) {
    const former = files.find(({ path }) => path === file.path);
    if (!former || former.text === file.text) continue;
    if (eol === "\r\n" && !former.text.includes("\r")) assert.doesNotMatch(file.text, /[^\r]\n/, file.text);
    else if (eol === "\n" && !former.text.includes("\r"))
      assert.ok(!file.text.includes("\r"), "a carriage return came in");
  }
}

/** A comment in what an edit replaces is in what it writes, here or in another file. */
function keepsComments({ files }: Fixture, { edits, files: changes = [] }: Fix, eol: "\n" | "\r\n"): void {
  const written = [
    ...edits.map(({ newText }) => newText),
    ...changes.map((one) => ("text" in one ? one.text : "")),
  ].join("\n");
  const [first] = files;
  for (const { path, span } of edits) {
    const file: FixtureFile | undefined = files.find((one) => one.path === (path ?? first?.path));
    if (!file || /\.(json|py|html|js|ts)$/.test(file.path)) continue;
    const text = eol === "\n" ? file.text : file.text.replace(/\n/g, eol);
    for (const [comment] of text.slice(span[0], span[1]).matchAll(/(?<=^|\s)#[^\r\n]*/g))
      assert.ok(written.includes(comment.trim()), `the comment "${comment}" is lost`);
  }
}
