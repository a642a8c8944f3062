// Files of other programs under names that ours have too come into a folder with one manifest of ours: the extension is up, and
// silent about them.
import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import {
  type CompletionList,
  commands,
  type DocumentLink,
  extensions,
  type Hover,
  languages,
  Position,
  type TextDocument,
  window,
  workspace,
} from "vscode";
import { folder, inFolder, problem, write } from "../documents";
import { until } from "../waiting";

const foreign = [
  "webextension/manifest.json",
  "pwa/manifest.json",
  "homeassistant/manifest.json",
  "k9s/plugins.yaml",
  "grafana/plugins.yaml",
  "kubernetes/manifest.yaml",
  "cloudfoundry/manifest.yml",
  "airbyte/manifest.yaml",
  "flux/kustomization.yaml",
  "app/manifest.yaml",
];

describe("files of other programs", () => {
  before(async () => {
    const { PLUGSMITH_ROOT: root = "" } = process.env;
    await write("own/remote_plugins.yaml", "plugins:\n  - class: nodots\n");
    cpSync(path.join(root, "test", "vscode", "host", "others", "foreign"), folder().fsPath, { recursive: true });
    await until("the extension to be active", () => extensions.getExtension("plugsmith.plugsmith")?.isActive === true);
  });

  it("are no manifests when the whole workspace is checked", async () => {
    // What comes after them is known, so they are too.
    const later = await write("later/remote_plugins.yaml", "plugins:\n  - class: nodots\n");
    await until("our own manifest to be found", async () => (await checked()).files > 1);
    assert.deepEqual(await checked(), { files: 2, errors: 2, warnings: 0 });
    await workspace.fs.delete(later);
    await until("our own manifest to be gone", async () => (await checked()).files === 1);
    assert.deepEqual(await checked(), { files: 1, errors: 1, warnings: 0 });
  });

  it("get no problem, completion, hover or link when they are opened", async () => {
    for (const name of foreign) {
      const { document } = await window.showTextDocument(inFolder(name));
      assert.deepEqual(await saidOf(document), [], name);
    }
    // Problems come in the order of opening: when ours has its own, the others would have theirs.
    const own = await write("own/remote_plugins.yaml", "plugins:\n  - class: nodots\n");
    await window.showTextDocument(own);
    await problem(own, "skypilot/class-not-dotted");
    const others = languages.getDiagnostics().filter(([uri]) => uri.toString() !== own.toString());
    assert.deepEqual(
      others.flatMap(([uri, found]) => found.filter(({ source }) => source === "plugsmith").map(() => uri.path)),
      [],
    );
    await workspace.fs.delete(own);
  });
});

const checked = async () => commands.executeCommand<{ readonly files: number }>("plugsmith.checkWorkspace");

/** Everything that only we could have said: VS Code's own YAML has no provider, its JSON speaks of JSON alone. */
async function saidOf(document: TextDocument): Promise<string[]> {
  const { uri } = document;
  const places = [new Position(0, 0), new Position(1, 4), document.lineAt(document.lineCount - 1).range.end];
  const said: string[] = [];
  for (const place of places) {
    const list = await commands.executeCommand<CompletionList>("vscode.executeCompletionItemProvider", uri, place);
    said.push(
      ...list.items.filter((item) => item.documentation !== undefined && item.documentation !== "").map(String),
    );
    const hovers = await commands.executeCommand<Hover[]>("vscode.executeHoverProvider", uri, place);
    said.push(...hovers.map(() => "a hover"));
  }
  const links = await commands.executeCommand<DocumentLink[]>("vscode.executeLinkProvider", uri);
  said.push(...links.filter(({ target }) => target?.scheme === "file").map(({ target }) => String(target)));
  return said;
}
