// Names asked from files that are none of ours, in a genuine window: references, and a rename with its way back.
import assert from "node:assert/strict";
import {
  commands,
  type Location,
  type Position,
  type TextDocument,
  type WorkspaceEdit,
  window,
  workspace,
} from "vscode";
import { inFolder } from "../documents";
import { until } from "../waiting";

const MODULE = "skypilot/example_audit/plugin.py";
const DEPLOYMENT = "openjourney/plugins/hello-converter/kubernetes/hello-converter-deployment.yaml";

describe("names asked from other files", () => {
  it("lead from a Python class to the manifest that lists it", async () => {
    const { document } = await window.showTextDocument(inFolder(MODULE));
    const found = await referencesOf(document, "AuditPlugin(", "skypilot/plugins.yaml");
    assert.ok(found.some(({ uri }) => uri.path.endsWith("/skypilot/plugins.yaml")));
  });

  it("lead from a container's settings to their generator, and are renamed and given back with it", async () => {
    const { document } = await window.showTextDocument(inFolder(DEPLOYMENT));
    const kustomization = "hello-converter/kubernetes/kustomization.yaml";
    await referencesOf(document, "hello-converter-settings", kustomization);
    const before = await textsOf(kustomization);
    const edit = await commands.executeCommand<WorkspaceEdit>(
      "vscode.executeDocumentRenameProvider",
      document.uri,
      placeOf(document, "hello-converter-settings"),
      "greetings",
    );
    assert.ok(await workspace.applyEdit(edit));
    const after = await textsOf(kustomization);
    assert.deepEqual(
      after,
      before.map((text) => text.replaceAll("hello-converter-settings", "greetings")),
    );
    await commands.executeCommand("undo");
    assert.deepEqual(await textsOf(kustomization), before);

    async function textsOf(other: string): Promise<readonly string[]> {
      const beside = await workspace.openTextDocument(inFolder(`openjourney/plugins/${other}`));
      return [document.getText(), beside.getText()];
    }
  });
});

const placeOf = (document: TextDocument, text: string): Position =>
  document.positionAt(document.getText().indexOf(text) + 1);

function referencesOf(document: TextDocument, text: string, path: string): Promise<readonly Location[]> {
  return until(`a reference in ${path}`, async () => {
    const found = await commands.executeCommand<Location[]>(
      "vscode.executeReferenceProvider",
      document.uri,
      placeOf(document, text),
    );
    return found.some(({ uri }) => uri.path.endsWith(path)) && found;
  });
}
