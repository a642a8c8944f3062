// A problem of a PLUGINS value in another file is silenced by a comment of that file, above the line where the value begins.

import assert from "node:assert/strict";
import { TextDocument } from "vscode-languageserver-textdocument";
import { createLanguageService } from "../../../server/service/index.js";
import { compose, indented, LINES, opened, SHORT } from "./carriers.js";

const service = createLanguageService();

const FORMS: readonly (readonly [what: string, path: string, text: string])[] = [
  [".env", "/w/.env", `A=b\nPLUGINS='${SHORT}'\n`],
  ["the first line", "/w/.env", `PLUGINS='${SHORT}'\n`],
  ["a Dockerfile", "/w/Dockerfile", `FROM x\nENV PLUGINS='${SHORT}'\n`],
  ["compose", "/w/compose.yaml", compose(`'${SHORT}'`)],
  ["compose as a block", "/w/compose.yaml", compose(`|-\n${indented(LINES, "        ")}`)],
];

describe("metaflow: comments about a PLUGINS value", () => {
  for (const [what, path, written] of FORMS) {
    for (const eol of ["\n", "\r\n"]) {
      it(`${what}: each code is silenced, one after the other${eol === "\n" ? "" : " (CRLF)"}`, () => {
        let text = written.replace(/\n/g, eol);
        const codes = ["metaflow/ref-default", "metaflow/ignored-field"];
        assert.deepEqual(codesIn(path, text), codes);
        for (const [n, code] of codes.entries()) {
          text = disabled(path, text, code);
          assert.deepEqual(codesIn(path, text), codes.slice(n + 1));
        }
        assert.match(text, /^[ ]*# plugsmith-disable-next-line metaflow\/ref-default, metaflow\/ignored-field\r?$/m);
        assert.equal(text.replace(/[ ]*# plugsmith.*\r?\n/, ""), written.replace(/\n/g, eol));
      });
    }
  }

  for (const [what, path, written] of FORMS) {
    it(`${what}: what silences nothing is told, and goes`, () => {
      const [line = ""] = written.split("\n").filter((one) => one.includes("PLUGINS"));
      const indent = /^ */.exec(line)?.[0] ?? "";
      const comment = (codes: string) => `${indent}# plugsmith-disable-next-line ${codes}\n`;
      const text = written.replace(line, () => `${comment("metaflow/ref-default, metaflow/auth-unusable")}${line}`);
      assert.deepEqual(codesIn(path, text).toSorted(), ["metaflow/ignored-field", "metaflow/unused-suppression"]);
      const left = mended(path, text, "Remove what is unused from the comment");
      assert.equal(
        left,
        written.replace(line, () => `${comment("metaflow/ref-default")}${line}`),
      );
      const idle = written.replace(line, () => `${comment("metaflow/auth-unusable")}${line}`);
      assert.equal(mended(path, idle, "Remove the comment"), written);
    });
  }

  it("isn't offered where the comment would cut a command in two", () => {
    const { manifest } = opened("/w/run.sh", `docker run \\\n  -e PLUGINS='${SHORT}' x\n`);
    const diagnostics = service.diagnose(manifest);
    for (const one of diagnostics) {
      const titles = service.actions(manifest, { range: one.range, diagnostics }).map(({ title }) => title);
      assert.deepEqual(
        titles.filter((title) => title.startsWith("Disable")),
        [],
      );
    }
  });
});

const codesIn = (path: string, text: string) =>
  service.diagnose(opened(path, text).manifest).map(({ code }) => String(code));

function disabled(path: string, text: string, code: string): string {
  const { manifest, outer } = opened(path, text);
  const found = service.diagnose(manifest).find((one) => one.code === code);
  assert.ok(found);
  const actions = service.actions(manifest, { range: found.range, diagnostics: [found] });
  const fix = actions.find(({ title }) => title === `Disable ${code} for this value`);
  return TextDocument.applyEdits(outer.document, fix?.edit?.changes?.[outer.uri] ?? []);
}

function mended(path: string, text: string, title: string): string {
  const { manifest, outer } = opened(path, text);
  const found = service.diagnose(manifest).find(({ code }) => code === "metaflow/unused-suppression");
  assert.ok(found);
  const actions = service.actions(manifest, { range: found.range, diagnostics: [found] });
  const fix = actions.find((one) => one.title === title);
  return TextDocument.applyEdits(outer.document, fix?.edit?.changes?.[outer.uri] ?? []);
}
