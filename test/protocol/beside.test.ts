// Who is checked again when typing rests in a file: the documents that read it, and nobody else.

import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as passed } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { createBeside } from "../../server/lsp/beside.js";
import { createLanguageService, manifestsOf } from "../../server/service/index.js";
import { createWorkspace } from "../../server/workspace/index.js";

const PLUGIN =
  "from sky.server.plugins import BasePlugin\n\nclass Plug(BasePlugin):\n    def install(self, context):\n        pass\n";

const FILES: Readonly<Record<string, string>> = {
  "sky/plugins.yaml": "plugins:\n- class: plug.Plug\n",
  "sky/plug.py": PLUGIN,
  "sky/other.py": PLUGIN,
  "k8s/base/kustomization.yaml": "resources:\n- web.yaml\n",
  "k8s/base/web.yaml": "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n",
  "k8s/over/kustomization.yaml": "resources:\n- ../base\n",
  "README.md": "# Notes\n",
};

describe("documents that read a file", () => {
  let folder = "";
  before(() => {
    folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "plugsmith-beside-")));
    for (const [name, text] of Object.entries(FILES)) {
      fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      fs.writeFileSync(path.join(folder, name), text);
    }
  });
  after(() => fs.rmSync(folder, { recursive: true }));

  for (const [typed, told] of [
    ["sky/plug.py", [["sky/plugins.yaml"]]],
    ["k8s/base/kustomization.yaml", [["k8s/over/kustomization.yaml"]]],
    ["k8s/base/web.yaml", [["k8s/base/kustomization.yaml", "k8s/over/kustomization.yaml"]]],
    ["sky/other.py", []],
    ["sky/plugins.yaml", []],
    ["README.md", []],
    ["notes.md", ["all"]],
  ] as const)
    it(`are checked again alone: ${typed}`, async () => assert.deepEqual(await toldOf(typed), told));

  it("hear of it once, when typing rests", async () => {
    assert.deepEqual(await toldOf("sky/plug.py", 3), [["sky/plugins.yaml"]]);
  });

  it("hear nothing once they were forgotten", async () => {
    const { beside, said, workspace } = checked();
    workspace.readers.forget();
    beside.changed(uriOf("sky/plug.py"));
    await passed(20);
    assert.deepEqual(said, []);
  });

  const uriOf = (name: string) => pathToFileURL(path.join(folder, name)).href;

  /** Every manifest, checked. */
  function checked() {
    const workspace = createWorkspace({ roots: [folder] });
    const service = createLanguageService();
    for (const name of Object.keys(FILES).filter((one) => /plugins\.yaml|kustomization/.test(one)))
      workspace.readers.reading(uriOf(name), () => {
        const recognition = workspace.recogniseAt(path.join(folder, name)) ?? assert.fail(name);
        const manifests = manifestsOf(recognition);
        assert.ok(manifests.length > 0);
        for (const one of manifests) service.diagnose(one);
      });
    const said: (string | readonly string[])[] = [];
    const names = (uris: readonly string[]) => uris.map((uri) => uri.slice(uriOf("").length + 1)).sort();
    const beside = createBeside({
      workspace,
      documents: { forget: () => {} },
      schedule: { changedBeside: (uris) => said.push(names(uris)), refresh: () => said.push("all") },
      rest: 5,
    });
    return { beside, said, workspace };
  }

  async function toldOf(typed: string, times = 1) {
    const { beside, said } = checked();
    beside.opening(uriOf(typed));
    for (let time = 0; time < times; time++) beside.changed(uriOf(typed));
    await passed(20);
    return said;
  }
});
