// When a preview is asked for before anything is known, while the language server starts, or twice at once: in the end the panel
// shows what is so, and a failure is told in it.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { createEmitter } from "../../../client/emitter.js";
import { appFor } from "../support/app.js";
import { editor, FakeUri } from "../support/editor.js";
import { summary } from "../support/makers.js";
import { lastSent, panels } from "../support/panels.js";

interface Report {
  readonly entries?: readonly object[];
  readonly sections?: readonly object[];
  readonly pages?: readonly object[];
}

describe("a preview's loads", () => {
  let folder = "";
  before(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "plugsmith-loads-"));
    const manifest = { name: "late", version: "1", entrypoint: "index.html", slot: "header" };
    writeFileSync(path.join(folder, "manifest.json"), JSON.stringify(manifest));
    writeFileSync(path.join(folder, "index.html"), "<p>");
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  afterEach(() => {
    for (const panel of [...panels]) panel.close();
  });

  const manifest = () => pathToFileURL(path.join(folder, "manifest.json")).href;
  const entry = () => ({ identifier: "late", repository: null, ref: null, parameters: {}, folder });

  /** An application whose language server answers what the test says. */
  const appWith = (answer: () => Promise<Report | undefined>) => {
    const events = { started: createEmitter<void>(), plugins: createEmitter<void>(), board: createEmitter<void>() };
    const { app, log } = appFor();
    const language = {
      preview: answer,
      onDidStart: events.started.event,
      onPluginsChanged: events.plugins.event,
    };
    const board = { ...app.board, onDidChange: events.board.event };
    return { app: { ...app, language, board, extension: { href: "file:///extension" } } as never, events, log };
  };
  const open = async (app: never, system: "metaflow" | "skypilot" | "buntime") => {
    const { PREVIEWS } = await import("../../../client/preview/table.js");
    const row = PREVIEWS.find((one) => one.system === system);
    // A checked edge: a URI as far as previews look at it.
    await row?.open(app, { manifest: FakeUri.parse(manifest()) as never, document: `${system}/manifest` });
    const [panel] = panels;
    assert.ok(panel);
    panel.say({ is: "ready" });
    return panel;
  };
  const has = (key: string, count: number) => (message: Record<string, unknown>) => {
    const state = message.is === "state" ? message.state : message;
    const list: unknown = typeof state === "object" && state !== null ? Reflect.get(state, key) : undefined;
    return Array.isArray(list) && list.length === count;
  };

  it("of a Metaflow plugin follow once the language server has started, or found it", async () => {
    for (const event of ["started", "plugins"] as const) {
      let report: Report | undefined;
      const { app, events } = appWith(async () => report);
      const panel = await open(app, "metaflow");
      await lastSent(has("entries", 0));
      report = { entries: [entry()] };
      events[event].fire();
      await lastSent(has("entries", 1));
      assert.equal(panel.title, `Preview ${path.basename(folder)}`);
      panel.close();
    }
  });

  it("of a site follow as well", async () => {
    for (const event of ["started", "plugins"] as const) {
      let report: Report | undefined;
      const { app, events } = appWith(async () => report);
      const panel = await open(app, "skypilot");
      await lastSent(has("sections", 0));
      report = { sections: [{ title: "Objects", rows: [] }] };
      events[event].fire();
      await lastSent(has("sections", 1));
      panel.close();
    }
  });

  it("of a Buntime page offer hosts as they come and go, and say that the one in use has gone", async () => {
    editor.reset();
    const { app } = appFor({
      connect: (config) => ({
        config,
        list: async () => [summary()],
      }),
    });
    const language = {
      preview: async () => ({ sections: [], pages: [{ label: "page", path: "/notes/" }] }),
      onDidStart: createEmitter<void>().event,
      onPluginsChanged: createEmitter<void>().event,
    };
    const board = { ...app.board, plugins: () => [{ manifest: manifest(), name: "notes", system: "buntime" }] };
    const hosts = async (...names: readonly string[]) => {
      const rows = names.map((name) => ({ name, system: "buntime", url: "http://127.0.0.1:1", level: "shared" }));
      editor.user.set("hosts", rows);
      editor.settingsChanged.fire();
      await app.store.refresh();
    };
    const offers = (...ids: readonly string[]) =>
      lastSent(({ state }) => {
        const sources: unknown = typeof state === "object" && state !== null && Reflect.get(state, "sources");
        return Array.isArray(sources) && sources.map(({ id }) => id).join() === ids.join();
      });
    const panel = await open({ ...app, language, board, extension: { href: "file:///extension" } } as never, "buntime");
    await offers("files");
    const before = panel.html();
    await hosts("far");
    // Its origin may be framed from now on: a document anew, which asks for everything.
    for (let turn = 0; turn < 300 && panel.html() === before; turn++)
      await new Promise((resolve) => setTimeout(resolve, 10));
    assert.match(panel.html(), /frame-src [^;]*http:\/\/127\.0\.0\.1:1[ ;]/);
    panel.say({ is: "ready" });
    await offers("files", "far");
    panel.say({ is: "source", id: "far" });
    const framed = await lastSent(({ state }) => JSON.stringify(state).includes('"src":"http://127.0.0.1:1/notes/"'));
    assert.match(JSON.stringify(framed.state), /"source":"far"/);
    await hosts();
    const { state } = await offers("files");
    assert.match(JSON.stringify(state), /"source":"files".*"far\\" is no longer among your hosts/);
    panel.close();
  });

  it("end with the latest, however long an earlier one takes", async () => {
    for (const [system, key] of [
      ["metaflow", "entries"],
      ["skypilot", "sections"],
    ] as const) {
      let asked = 0;
      const { app } = appWith(async () => {
        asked += 1;
        const isFirst = asked === 1;
        if (isFirst) await new Promise((resolve) => setTimeout(resolve, 100));
        return isFirst ? {} : { entries: [entry()], sections: [{ title: "Objects", rows: [] }] };
      });
      const panel = await open(app, system);
      panel.say({ is: "reload" });
      await lastSent(has(key, 1));
      await new Promise((resolve) => setTimeout(resolve, 150));
      assert.ok(has(key, 1)(panel.sent.at(-1) ?? {}), JSON.stringify(panel.sent.at(-1)));
      panel.close();
    }
  });

  it("are told of when they fail, and tried again by the user", async () => {
    for (const [system, key] of [
      ["metaflow", "entries"],
      ["skypilot", "sections"],
    ] as const) {
      let isBroken = true;
      const { app, log } = appWith(async () => {
        if (isBroken) throw new Error("Connection got disposed.\nat …");
        return { entries: [entry()], sections: [{ title: "Objects", rows: [] }] };
      });
      const panel = await open(app, system);
      const { text } = await lastSent(({ is }) => is === "failed");
      assert.match(
        String(text),
        /could not be .*: Connection got disposed\. Try again; the log \(Plugsmith: Show Log\) has/,
      );
      assert.match(log.join(), /Connection got disposed/);
      isBroken = false;
      panel.say({ is: "reload" });
      await lastSent(has(key, 1));
      panel.close();
    }
  });
});
