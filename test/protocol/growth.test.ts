// What the server holds once garbage is collected does not grow with what was done: edits, documents opened and closed, folders of the
// workspace that come and go. As `npm run bench` measures it, in fewer rounds.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { fromRoot } from "../harness/root.js";

interface Grown {
  readonly what: string;
  /** MiB. */
  readonly before: number;
  readonly after: number;
}

/** MiB; one document of the size that is edited holds more. */
const SLACK = 1;

describe("a long day", function () {
  this.timeout(180_000);

  it("leaves no more behind than a short one", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "plugsmith-growth-"));
    try {
      const { life } = await import(pathToFileURL(fromRoot("scripts", "bench", "life.mjs")).href);
      const server = { name: "ours", args: [fromRoot("dist", "server.js"), "--stdio"] };
      const rows: readonly Grown[] = await life(server, folder, { edits: 400, opens: 120, folders: 20 });
      for (const { what, before, after } of rows) {
        assert.ok(after - before < SLACK, `${what}: ${before.toFixed(2)} MiB grew to ${after.toFixed(2)}`);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
