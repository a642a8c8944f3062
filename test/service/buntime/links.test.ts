// A plugin's folder that is a symbolic link, which no fixture holds: told where it is one, and silent where it isn't or nothing
// is known.

import assert from "node:assert/strict";
import { createDiagnose, type Files, type Manifest, NO_FILES } from "../../../server/service/index.js";
import { readFixture } from "../../harness/fixture.js";
import { openFixture } from "../../harness/workspace.js";

const diagnose = createDiagnose();

describe("buntime: linked folders", () => {
  it("tells of a folder that is a link", () => assert.deepEqual(codes("link"), ["buntime/folder-is-link"]));
  it("is silent on a folder of its own", () => assert.deepEqual(codes("directory"), []));
  it("is silent when the folder above can't be listed", () => assert.deepEqual(codes(undefined), []));
});

function codes(kind: "link" | "directory" | undefined): string[] {
  const fixture = readFixture(
    "x\n>>> plugins/notes/manifest.yaml\nname: notes\n>>> plugins/notes/plugin.js\nexport default {};\n",
  );
  const { manifest } = openFixture(fixture);
  assert.ok(manifest);
  const { files } = manifest.workspace;
  const list: Files["list"] = (path) => {
    if (path !== "/workspace/plugins") return files.list(path);
    return kind && [{ name: "notes", kind }];
  };
  const linked: Manifest = {
    ...manifest,
    workspace: { ...manifest.workspace, files: { ...NO_FILES, ...files, list } },
  };
  return diagnose(linked).map(({ code }) => code);
}
