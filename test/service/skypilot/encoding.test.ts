// Bytes that PyYAML can't read, and those that only look so.

import assert from "node:assert/strict";
import { NO_FILES } from "../../../server/service/index.js";
import { told as toldOf, withBytes } from "../../harness/told.js";

const told = (text: string, files = NO_FILES) => toldOf("file:///w/plugins.yaml", text, files);

describe("the encoding of a plugins.yaml", () => {
  it("is told where bytes are no UTF-8", () => {
    const text = "# f\ufffdr alle\nplugins:\n- class: my_plugin.MyPlugin\n";
    assert.deepEqual(told(text, withBytes(Buffer.from(text.replace("\ufffd", "ü"), "latin1"))), [
      "skypilot/control-character 3",
    ]);
    assert.deepEqual(told(text, withBytes(Buffer.from(text))), []);
    assert.deepEqual(told(text, withBytes(undefined)), []);
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
