// A folder with manifests of all four systems: the extension comes up by itself, with everything its package promises.
import assert from "node:assert/strict";
import { commands, type Extension, extensions, languages } from "vscode";
import { codeOf } from "../documents";
import { lines, logged } from "../log";
import { until } from "../waiting";

interface Contributed {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

describe("the examples", () => {
  let extension: Extension<unknown>;

  before(async () => {
    extension = await until("the active extension", () => {
      const found = extensions.getExtension("plugsmith.plugsmith");
      return found?.isActive === true && found;
    });
  });

  it("activate the extension, and every command of its package is there", async () => {
    const known = new Set(await commands.getCommands(true));
    const { contributes }: Contributed = extension.packageJSON;
    const missing = contributes.commands.filter(({ command }) => !known.has(command));
    assert.deepEqual(missing, []);
    assert.equal(contributes.commands.length > 15, true);
  });

  it("are manifests without a problem", async () => {
    const report = await commands.executeCommand<{ files: number; errors: number; warnings: number }>(
      "plugsmith.checkWorkspace",
    );
    const found = languages.getDiagnostics().flatMap(([uri, all]) => all.map((one) => `${uri.path} ${codeOf(one)}`));
    assert.deepEqual(
      { ...report, files: report.files >= 7 },
      { files: true, errors: 0, warnings: 0 },
      found.join("\n"),
    );
  });

  it("bring nothing unexpected into the log", async () => {
    await commands.executeCommand("plugsmith.refresh");
    await commands.executeCommand("plugsmith.checkWorkspace");
    await logged(/check workspace: done/);
    assert.deepEqual(
      lines().filter((line) => line.includes("[error]")),
      [],
    );
  });
});
