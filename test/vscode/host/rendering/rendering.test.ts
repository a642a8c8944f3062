// The kustomize preview in a genuine window: it follows edits that are not saved, keeps the last good rendering, shows errors
// at their place, and leads from objects to their files.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  type CodeLens,
  ConfigurationTarget,
  commands,
  type Diagnostic,
  type Location,
  languages,
  Position,
  Range,
  TabInputText,
  type TextDocument,
  WorkspaceEdit,
  window,
  workspace,
} from "vscode";
import { inFolder } from "../documents";
import { until } from "../waiting";

describe("the kustomize preview", () => {
  const source = inFolder("openjourney/plugins/hello-converter/kubernetes/kustomization.yaml");
  let document: TextDocument;

  before(async function () {
    try {
      execFileSync("kubectl", ["version", "--client"], { stdio: "ignore" });
    } catch {
      console.log("      skipped: kubectl is not on this machine");
      this.skip();
    }
    // On a slow machine the editor would save before the rendering is there.
    await workspace.getConfiguration("files").update("autoSave", "off", ConfigurationTarget.Global);
    document = await workspace.openTextDocument(source);
    await window.showTextDocument(document);
    await until("the preview", () => commands.executeCommand<boolean>("plugsmith.preview", source));
  });

  const rendered = (): TextDocument | undefined =>
    workspace.textDocuments.find(({ uri }) => uri.path.endsWith("hello-converter rendered.yaml"));
  /** The long lines of its head in one each. */
  const said = () => (rendered()?.getText() ?? "").replace(/\n# {3}/g, " ");
  const shows = (pattern: RegExp) =>
    until(
      () => `${pattern} in\n${said().slice(0, 600)}`,
      () => pattern.test(said()),
    );
  const problems = (): readonly Diagnostic[] =>
    languages.getDiagnostics(source).filter(({ source: from }) => from === "kustomize");
  const replace = async (from: string, to: string) => {
    const at = document.getText().indexOf(from);
    const edit = new WorkspaceEdit();
    edit.replace(source, new Range(document.positionAt(at), document.positionAt(at + from.length)), to);
    await workspace.applyEdit(edit);
  };

  it("shows the objects beside the source, and what OpenJourney makes of the plugin", async () => {
    await shows(/^# Rendered by kubectl kustomize from openjourney\/plugins\/hello-converter\/kubernetes/);
    await shows(/OpenJourney, image: localhost:32000\/hello-converter/);
    await shows(/OpenJourney, names: hello-converter-deployment, hello-converter-service/);
    await shows(/image: localhost:32000\/hello-converter:latest/);
    const tab = window.tabGroups.all.flatMap(({ tabs }) => tabs).find(({ label }) => /rendered\.yaml$/.test(label));
    assert.ok(tab?.input instanceof TabInputText && tab.input.uri.scheme === "plugsmith-text");
  });

  it("follows edits before they are saved, and compares with the rendering before", async () => {
    await replace("newTag: latest", "newTag: v2");
    await shows(/hello-converter:v2/);
    assert.ok(document.isDirty);
    assert.equal(await commands.executeCommand("plugsmith.compareRender", rendered()?.uri), true);
    await until("the comparison", () => window.tabGroups.activeTabGroup.activeTab?.label.includes("↔ previous"));
    const before = workspace.textDocuments.find(({ uri }) => uri.path.endsWith("hello-converter previous.yaml"));
    assert.equal(before?.getText(), rendered()?.getText().replace("hello-converter:v2", "hello-converter:latest"));
    await commands.executeCommand("workbench.action.closeActiveEditor");
  });

  it("keeps the last good rendering, and shows the error at what it names", async () => {
    await replace("hello-converter-service.yaml", "gone.yaml");
    await shows(/DOES NOT BUILD NOW: .*gone\.yaml/);
    await shows(/hello-converter:v2/);
    const [problem] = await until("the problem", () => problems().length > 0 && problems());
    assert.ok(problem);
    assert.equal(document.getText(problem.range), "gone.yaml");
    await replace("gone.yaml", "hello-converter-service.yaml");
    await until("no problem", () => problems().length === 0);
    await until("the head without the error", () => !/DOES NOT BUILD/.test(rendered()?.getText() ?? ""));
  });

  it("leads from an object to the file that it was written in", async () => {
    const shown = rendered();
    assert.ok(shown);
    const line = shown.getText().split("\n").indexOf("kind: Deployment");
    const places = await commands.executeCommand<Location[]>(
      "vscode.executeDefinitionProvider",
      shown.uri,
      new Position(line, 2),
    );
    assert.match(String(places[0]?.uri.path), /hello-converter-deployment\.yaml$/);
    const lenses = await commands.executeCommand<CodeLens[]>("vscode.executeCodeLensProvider", shown.uri, 20);
    const titles = lenses.map(({ command }) => command?.title ?? "");
    assert.ok(
      titles.some((title) => /^ConfigMapGenerator in .*kustomization\.yaml$/.test(title)),
      `${titles}`,
    );
    assert.deepEqual(titles.slice(0, 2), ["Compare with Previous", "Compare with Cluster"]);
    const service = lenses.find(({ command }) => /hello-converter-service\.yaml$/.test(command?.title ?? ""));
    await commands.executeCommand(service?.command?.command ?? "", ...(service?.command?.arguments ?? []));
    assert.match(window.activeTextEditor?.document.uri.path ?? "", /hello-converter-service\.yaml$/);
    // The rendering stays in sight.
    assert.ok(window.visibleTextEditors.some(({ document: { uri } }) => uri.toString() === shown.uri.toString()));
  });

  it("ends with its editor: nothing follows then", async () => {
    await window.showTextDocument(source);
    const tabs = window.tabGroups.all.flatMap(({ tabs: all }) => all).filter(({ label }) => /rendered/.test(label));
    await window.tabGroups.close(tabs);
    await window.showTextDocument(document);
    await replace("hello-converter-service.yaml", "gone.yaml");
    await replace("gone.yaml", "hello-converter-service.yaml");
    await replace("GREETING=hello", "GREETING=hi");
    assert.equal(problems().length, 0);
    assert.doesNotMatch(rendered()?.getText() ?? "", /GREETING: hi/);
    await until("the preview anew", () => commands.executeCommand<boolean>("plugsmith.preview", source));
    await shows(/GREETING: hi/);
  });
});
