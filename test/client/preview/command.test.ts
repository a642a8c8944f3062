// The command "Preview": whose preview it opens, and what an untrusted workspace keeps it from.

import assert from "node:assert/strict";
import { appFor } from "../support/app.js";
import { editor } from "../support/editor.js";

describe("the preview command", () => {
  beforeEach(() => editor.reset());

  const opening = async (document: string | undefined) => {
    const { preview } = await import("../../../client/commands/files/preview.js");
    const { app, log } = appFor();
    const shown: string[] = [];
    const parts = {
      ...app,
      language: {
        verdict: async () => (document === undefined ? undefined : { document }),
        preview: async () => undefined,
      },
      previews: {
        show: async (key: string) => {
          shown.push(key);
          return true;
        },
      },
    };
    // A checked edge: the command uses no other part of the application.
    const done = await preview(parts as never, { manifest: "file:///w/manifest.x" });
    return { done, shown, log };
  };

  it("opens the preview of the manifest's system", async () => {
    for (const document of ["skypilot/plugins", "buntime/manifest", "metaflow/manifest", "openjourney/kustomization"]) {
      const { done, shown } = await opening(document);
      assert.deepEqual([done, shown], [true, [`${document} file:///w/manifest.x`]]);
    }
  });
  it("runs no page and no program of an untrusted workspace, and says so; what only reads is shown", async () => {
    editor.isTrusted = false;
    for (const document of ["buntime/manifest", "metaflow/manifest", "openjourney/kustomization"]) {
      const { done, shown } = await opening(document);
      assert.deepEqual([done, shown], [false, []]);
      assert.match(editor.shown.at(-1) ?? "", /from trusted workspaces only/);
    }
    assert.equal((await opening("skypilot/plugins")).done, true);
  });
  it("says when there is nothing to preview", async () => {
    const { done } = await opening(undefined);
    assert.equal(done, false);
    assert.match(editor.shown.at(-1) ?? "", /no plugin here to preview/);
  });
});
