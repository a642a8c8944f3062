// Bytes that PyYAML can't read, and those that only look so.

import assert from "node:assert/strict";
import {
  createDiagnose,
  DEFAULT_SETTINGS,
  type Files,
  NO_FILES,
  NO_WORKSPACE,
  parseText,
  recognise,
} from "../../../server/service/index.js";

const diagnose = createDiagnose();

describe("the encoding of a plugins.yaml", () => {
  it("is told where bytes are no UTF-8", () => {
    const text = "# f\ufffdr alle\nplugins:\n- class: my_plugin.MyPlugin\n";
    const bytes = (found: Uint8Array | undefined): Files => ({ ...NO_FILES, bytes: () => found });
    assert.deepEqual(told(text, bytes(Buffer.from(text.replace("\ufffd", "ü"), "latin1"))), [
      "skypilot/control-character 3",
    ]);
    assert.deepEqual(told(text, bytes(Buffer.from(text))), []);
    assert.deepEqual(told(text, bytes(undefined)), []);
  });

  it("is not doubted for one NUL, which is told where it stands", () => {
    const text = "plugins:\n- class: my_plugin.My\0Plugin\n";
    assert.deepEqual(told(text, NO_FILES), [`skypilot/syntax ${text.indexOf("\0")}`]);
  });

  it("may have the line ends of old Macs", () => {
    assert.deepEqual(told("plugins:\r- class: my_plugin.MyPlugin\r  parameters: {}\r", NO_FILES), []);
    const text = "plugins:\r- class: my_plugin.MyPlugin\r  paramters: {}\r";
    assert.deepEqual(told(text, NO_FILES), [`skypilot/unknown-field ${text.indexOf("paramters")}`]);
  });
});

function told(text: string, files: Files): string[] {
  const { manifest } = recognise(
    parseText("file:///w/plugins.yaml", text),
    { ...NO_WORKSPACE, files },
    DEFAULT_SETTINGS,
  );
  assert.ok(manifest);
  return diagnose(manifest).map(({ code, span }) => `${code} ${span[0]}`);
}
