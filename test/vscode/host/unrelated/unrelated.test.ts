// A folder in which no file has a name of ours: the extension is installed and does nothing at all.
import assert from "node:assert/strict";
import { commands, extensions, languages, window } from "vscode";
import { inFolder } from "../documents";

describe("a folder without manifests", () => {
  it("does not activate the extension, whatever is opened", async () => {
    const extension = extensions.getExtension("plugsmith.plugsmith");
    assert.ok(extension, "the extension is installed");
    for (const name of ["README.md", "package.json", "values.yaml"]) await window.showTextDocument(inFolder(name));
    assert.equal(extension.isActive, false);
    const sources = languages.getDiagnostics().flatMap(([, found]) => found.map(({ source }) => source));
    assert.ok(!sources.includes("plugsmith"));
  });

  it("activates it when one of its commands is used", async () => {
    await commands.executeCommand("plugsmith.refresh");
    assert.equal(extensions.getExtension("plugsmith.plugsmith")?.isActive, true);
  });
});
