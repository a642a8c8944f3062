// Web views: one place that makes them, no commands by address, no markup out of text, and no policy with a hole.

import assert from "node:assert/strict";
import { projectFiles, read } from "./sources.js";

const client = projectFiles().filter((name) => /^client\/.*\.ts$/.test(name));

function holding(pattern: RegExp, files = client): string[] {
  return files.filter((name) => pattern.test(read(name)));
}

describe("web views", () => {
  it("are made in one place, without commands by address, ports of other servers, or files beyond two folders", () => {
    assert.deepEqual(holding(/createWebviewPanel|registerWebviewViewProvider|registerCustomEditorProvider/), [
      "client/preview/panel/panel.ts",
    ]);
    assert.deepEqual(holding(/enableCommandUris|portMapping/), []);
    assert.match(read("client/preview/panel/panel.ts"), /localResourceRoots: roots/);
  });
  const theirs = client.filter((name) => name.startsWith("client/preview/") || name.startsWith("client/views/"));
  it("have a policy without unsafe words, and frames of named origins alone", () => {
    assert.deepEqual(holding(/unsafe-|wasm-eval|frame-src (https?:|\*)/, theirs), []);
  });
  it("make no markup and no code out of text", () => {
    assert.deepEqual(
      holding(/\.(innerHTML|outerHTML)\b|insertAdjacentHTML|document\.write|\beval\(|new Function\(/, theirs),
      [],
    );
  });
  it("post to any origin only what the emulated page posts to its plugins, whose frames have none", () => {
    const posting = client.filter((name) => !name.startsWith("client/ops/preview/inPage/"));
    assert.deepEqual(holding(/postMessage\([^)]*, "\*"\)/, posting), ["client/preview/webview/metaflow/view.ts"]);
  });
});
