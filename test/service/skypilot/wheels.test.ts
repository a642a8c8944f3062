// A wheel that is older than the module in it: needs times and bytes, which fixtures don't have.

import assert from "node:assert/strict";
import { URI } from "vscode-uri";
import {
  createDiagnose,
  DEFAULT_SETTINGS,
  type Files,
  parseText,
  recognise,
  SYSTEMS,
  type Workspace,
} from "../../../server/service/index.js";
import { crc32 } from "../../../server/service/systems/skypilot/wheels/crc32.js";
import { memoryFiles } from "../../harness/memoryFiles.js";
import { wheelOf } from "../../harness/wheelOf.js";

const SOURCE =
  "from sky.server.plugins import BasePlugin\n\n\nclass A(BasePlugin):\n    def install(self, context): ...\n";
const REMOTE = "plugins:\n- class: my_plugin.A\n";
const PLUGINS = "controller_wheel_path: /workspace/dist\n";
const WHEEL = "/workspace/dist/my_plugin-1.0-py3-none-any.whl";

describe("skypilot wheels", () => {
  it("an older wheel with another module than the source is reported", () => {
    assert.deepEqual(codes({ built: 1, changed: 2, packed: `${SOURCE}# old\n` }), ["skypilot/wheel-outdated"]);
  });

  it("an older wheel that holds the very source is silent", () => {
    assert.deepEqual(codes({ built: 1, changed: 2, packed: SOURCE }), []);
  });

  it("a newer wheel is silent whatever it holds", () => {
    assert.deepEqual(codes({ built: 3, changed: 2, packed: "other" }), []);
  });

  it("a cut wheel says nothing", () => {
    assert.deepEqual(codes({ built: 1, changed: 2, packed: "other", cut: 5 }), []);
  });

  it("the checksum is that of zip archives", () => {
    const bytes = Buffer.from("123456789");
    assert.equal(crc32(bytes), 0xcbf43926);
  });
});

interface Case {
  readonly built: number;
  readonly changed: number;
  readonly packed: string;
  /** Bytes to cut off the end. */
  readonly cut?: number;
}

function codes({ built, changed, packed, cut = 0 }: Case): string[] {
  const whole = wheelOf("my_plugin.py", packed);
  const wheel = whole.subarray(0, whole.length - cut);
  const memory = memoryFiles(
    new Map([
      ["/workspace/remote_plugins.yaml", { text: REMOTE }],
      ["/workspace/plugins.yaml", { text: PLUGINS }],
      ["/workspace/my_plugin.py", { text: SOURCE, modified: changed }],
      [WHEEL, { text: "", modified: built }],
    ]),
  );
  const files: Files = { ...memory, bytes: (path) => (path === WHEEL ? wheel : memory.bytes(path)) };
  const workspace: Workspace = {
    files,
    roots: ["/workspace"],
    hosts: [],
    open: () => undefined,
    documents: () => [],
    manifests: () => facts(),
  };
  const { manifest } = recognise(document("remote_plugins.yaml", REMOTE), workspace, DEFAULT_SETTINGS);
  assert.ok(manifest);
  return createDiagnose()(manifest).map(({ code }) => code);

  function facts() {
    const system = SYSTEMS.find(({ id }) => id === "skypilot");
    const { manifest: plugins } = recognise(document("plugins.yaml", PLUGINS), workspace, DEFAULT_SETTINGS);
    if (!plugins || !system?.facts) return [];
    return [{ path: "/workspace/plugins.yaml", document: "plugins", facts: system.facts(plugins) }];
  }
}

const document = (name: string, text: string) => parseText(URI.file(`/workspace/${name}`).toString(), text);
