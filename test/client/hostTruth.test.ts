// What hosts say of plugins, at the files here: places in logs, and why a plugin isn't loaded.

import "./support/editor.js";

import assert from "node:assert/strict";
import { linksIn } from "../../client/views/logs/links.js";
import { modelOf } from "../../client/views/model/index.js";
import { problemsOf } from "../../client/views/model/problems.js";
import { local, sent, state, summary } from "./support/makers.js";

describe("places in a host's log", () => {
  const plugins = [
    { name: "@acme/notes", root: "file:///w/notes" },
    { name: "plain", root: "file:///w/plain" },
  ];
  const links = (line: string) =>
    linksIn(line, plugins).map(({ start, length, file, line: row, column }) => [
      line.slice(start, start + length),
      file,
      row,
      column,
    ]);

  it("lead to the plugin's files here, with line and column", () => {
    assert.deepEqual(links("    at load (/data/plugins/@acme/notes/dist/plugin.js:12:3)"), [
      ["/data/plugins/@acme/notes/dist/plugin.js:12:3", "file:///w/notes/dist/plugin.js", 12, 3],
    ]);
    assert.deepEqual(links("read file:///data/plugins/plain/a.ts and /data/plugins/plain/b.ts:7"), [
      ["file:///data/plugins/plain/a.ts", "file:///w/plain/a.ts", undefined, undefined],
      ["/data/plugins/plain/b.ts:7", "file:///w/plain/b.ts", 7, undefined],
    ]);
  });

  it("lead from the host's copy of an entry to the entry", () => {
    assert.deepEqual(
      links("at /data/plugins/plain/dist/.buntime-plugin-0123456789abcdef.js:1:1")[0]?.[1],
      "file:///w/plain/dist/plugin.js",
    );
  });

  it("lead nowhere for other plugins, other places, or out of the plugin", () => {
    for (const line of [
      "/data/plugins/other/a.js",
      "/data/plugins/plainer/a.js",
      "/data/plugins/plain/../x",
      "no path",
      "/data/plugins/plain/",
    ])
      assert.deepEqual(links(line), []);
  });
});

describe("why a plugin isn't loaded", () => {
  const found = (plugin: Parameters<typeof summary>[0], entry?: Parameters<typeof sent>[0]) => {
    const record = entry === undefined ? undefined : { canGoBack: false, entries: [], sent: sent(entry) };
    const { plugins } = modelOf([state({ plugins: [summary(plugin)] })], [local()], () => record);
    return problemsOf(plugins).flatMap(({ manifest, problems }) => problems.map((one) => ({ manifest, ...one })));
  };
  const reason = { code: "buntime/dependency-missing", message: '"db" is not on "staging"' };

  it("is a problem of the manifest, at the field with the cause", () => {
    assert.deepEqual(found({ state: "failed", reason }), [
      {
        manifest: "file:///w/notes/manifest.yaml",
        host: "staging",
        code: "buntime/dependency-missing",
        message: '"staging" does not load it: "db" is not on "staging"',
        key: "dependencies",
      },
    ]);
    for (const [code, key] of [
      ["buntime/base-taken", "base"],
      ["buntime/start-failed", "pluginEntry"],
      ["metaflow/other", "name"],
    ] as const)
      assert.equal(found({ state: "failed", reason: { code, message: "x" } })[0]?.key, key);
  });

  it("is what the last delivery ended with, where the host's list does not tell", () => {
    const entry = { result: "notLoaded", reason: "its start took over 30 s", code: "buntime/start-too-slow" } as const;
    assert.deepEqual(
      found({ state: "installed" }, entry).map(({ code, key }) => [code, key]),
      [["buntime/start-too-slow", "pluginEntry"]],
    );
  });

  it("is gone once the host runs it, and none of a plugin that merely waits or is disabled", () => {
    const entry = { result: "notLoaded", reason: "x", code: "buntime/start-failed" } as const;
    assert.deepEqual(found({ state: "loaded" }, entry), []);
    assert.deepEqual(found({ state: "disabled", reason }), []);
    assert.deepEqual(found({ state: "installed" }, { result: "sent" }), []);
    assert.deepEqual(found({ state: "installed" }), []);
  });
});
