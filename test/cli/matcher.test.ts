// The editor's problem matcher, against the very lines that `plugsmith check` prints.

import assert from "node:assert/strict";
import fs from "node:fs";
import { fromRoot } from "../harness/root.js";
import { type Sandbox, sandbox } from "./plugsmith.js";

describe("the problem matcher $plugsmith", () => {
  let box: Sandbox;
  beforeEach(() => {
    box = sandbox();
  });
  afterEach(() => box.end());

  it("reads each line of a report, and nothing else", async () => {
    const manifest = JSON.parse(fs.readFileSync(fromRoot("package.json"), "utf8"));
    const [{ name, pattern, fileLocation }] = manifest.contributes.problemMatchers;
    assert.deepEqual([name, fileLocation], ["plugsmith", ["relative", "\u0024{workspaceFolder}"]]);
    box.write("a b/manifest.yaml", 'name: "@acme/x"\nversion: 1\nbase: /x: y\npluginEntry: gone.js\nentrypint: z\n');
    box.write("c/plugins.yaml", "controller_wheel_path: dist\nplugins:\n- class: a.B\n  upload_to_controller: true\n");
    const { files } = JSON.parse((await box.run(["check", "--json"])).out);
    const wanted = files.flatMap(
      ({
        path,
        diagnostics,
      }: {
        path: string;
        diagnostics: readonly {
          severity: string;
          code: string;
          message: string;
          range: { start: { line: number; character: number } };
        }[];
      }) =>
        diagnostics.map(({ severity, code, message, range: { start } }) => [
          path,
          String(start.line + 1),
          String(start.character + 1),
          severity,
          message,
          code,
        ]),
    );
    assert.ok(new Set(wanted.map((row: readonly string[]) => row[3])).size > 1);
    const expression = new RegExp(pattern.regexp);
    const read = (await box.run(["check"])).out.split("\n").flatMap((line) => {
      const match = expression.exec(line);
      const parts = ["file", "line", "column", "severity", "message", "code"];
      return match === null ? [] : [parts.map((part) => match[pattern[part]])];
    });
    assert.deepEqual(read, wanted);
  });
});
