// A folder in which no file has a name of ours: the extension is installed, and all of it stays asleep. (That VS Code calls
// its few lines of activation, as any YAML or JSON document makes it do, is no matter.)
import assert from "node:assert/strict";
import { commands, extensions, languages, window } from "vscode";
import { inFolder, problem, write } from "../documents";
import { lines, logged } from "../log";

describe("a folder without manifests", () => {
  it("wakes nothing of the extension, whatever is opened", async () => {
    for (const name of ["README.md", "package.json", "values.yaml"]) await window.showTextDocument(inFolder(name));
    const sources = languages.getDiagnostics().flatMap(([, found]) => found.map(({ source }) => source));
    assert.ok(!sources.includes("plugsmith"));
    // What woke it is the first thing that it logs: the command here, and no file before.
    await commands.executeCommand("plugsmith.refresh");
    assert.equal(extensions.getExtension("plugsmith.plugsmith")?.isActive, true);
    await logged(/the command refresh is run/);
    assert.deepEqual(
      lines().filter((line) => line.includes("values.yaml") || line.includes("package.json")),
      [],
    );
  });

  it("becomes one with plugins when a manifest is made in it", async () => {
    const uri = await write("own/remote_plugins.yaml", "plugins:\n  - class: nodots\n");
    await window.showTextDocument(uri);
    await problem(uri, "skypilot/class-not-dotted");
  });
});
