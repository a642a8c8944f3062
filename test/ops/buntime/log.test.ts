// Buntime's log lines: both forms, long meta over several lines, and what the loader says of plugins.
import assert from "node:assert/strict";
import { lastFacts, readLog } from "../../../client/ops/hosts/buntime/logLines.js";

describe("lines of Buntime's log", () => {
  const facts = (...lines: string[]) => Object.fromEntries(lastFacts(readLog(lines)));

  it("are read as text, with their meta on the same line or over several", () => {
    const [one, long] = readLog([
      '10:01:02.003 WRN [App] Missing Origin {"path":"/x"}',
      '10:01:02.004 ERR [PluginLoader] Failed to load plugin "a"',
      "{",
      '  "error": "first line\\nsecond line",',
      '  "dir": "/data/plugins/a"',
      "}",
    ]);
    assert.deepEqual(one, {
      level: "warning",
      context: "App",
      message: "Missing Origin",
      time: "10:01:02.003",
      meta: { path: "/x" },
    });
    assert.deepEqual(long?.fact, { plugin: "a", outcome: "failed", reason: "first line" });
  });

  it("are read as JSON, as production writes them", () => {
    const line = JSON.stringify({
      level: "error",
      message: "boom",
      time: "2026-01-01T00:00:00Z",
      context: "plugin:@acme/a",
      code: 7,
    });
    assert.deepEqual(readLog([line]), [
      { level: "error", message: "boom", time: "2026-01-01T00:00:00Z", context: "plugin:@acme/a", meta: { code: 7 } },
    ]);
  });

  it("tell what became of each plugin, each form of the loader's words", () => {
    assert.deepEqual(
      facts(
        "10:00:00.000 INF [PluginLoader] Loaded: @acme/a (/data/plugins/@acme/a)",
        '10:00:00.001 WRN [PluginLoader] Excluding plugin "b": required dependency "@acme/x" is not available',
        '10:00:00.002 WRN [PluginLoader] Skipping plugin "c" because required dependency "b" failed to load',
        '10:00:00.003 WRN [PluginLoader] Duplicate plugin "d" found at /data/plugins/d2/manifest.yaml',
        "10:00:00.004 DBG [PluginLoader] Skipping plugin disabled in manifest: e",
        '10:00:00.005 ERR [PluginLoader] Failed to load plugin "f": Cannot find module "x"',
      ),
      {
        "@acme/a": { plugin: "@acme/a", outcome: "loaded" },
        b: { plugin: "b", outcome: "excluded", reason: 'its required dependency "@acme/x" is not available' },
        c: { plugin: "c", outcome: "excluded", reason: 'its required dependency "b" failed to load' },
        d: { plugin: "d", outcome: "duplicate", reason: "there is another copy at /data/plugins/d2/manifest.yaml" },
        e: { plugin: "e", outcome: "disabled" },
        f: { plugin: "f", outcome: "failed", reason: 'Cannot find module "x"' },
      },
    );
  });

  it("count by the last word on a plugin", () => {
    const failed = '10:00:00.000 ERR [PluginLoader] Failed to load plugin "a" {"error":"boom"}';
    const loaded = "10:00:01.000 INF [PluginLoader] Loaded: a (/data/plugins/a)";
    assert.equal(facts(failed, loaded).a?.outcome, "loaded");
    assert.equal(facts(loaded, failed).a?.outcome, "failed");
  });

  it("pass over what is no line of Buntime's, and colours", () => {
    assert.deepEqual(readLog(["panic: something", "{ not json", "", '{"level":"odd"}']), []);
    assert.equal(readLog(["\u001b[31m10:00:00.000 ERR [App] red\u001b[0m"])[0]?.message, "red");
  });

  it("don't take what a plugin itself says for the loader's word", () => {
    assert.deepEqual(facts('10:00:00.000 ERR [plugin:evil] Failed to load plugin "good" {"error":"x"}'), {});
  });
});
