// `plugsmith check` and the check of the whole workspace in an editor say the very same, over the files of the fixtures; a usual
// run takes every third, EVERY_CASE=all all of them.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { CHECK_WORKSPACE } from "../../server/protocol.js";
import { fixtureCases } from "../harness/fixtures.js";
import { fromRoot } from "../harness/root.js";
import { ownFolder } from "./ownFolder.js";
import { startServer } from "./server.js";

const LEVELS = ["", "error", "warning", "information", "hint"];

const groupOf = ({ name }: { readonly name: string }): string => name.split("/")[0] ?? "";

describe("plugsmith check and the server", function () {
  this.timeout(120_000);
  const own = ownFolder();

  const step = process.env.EVERY_CASE === "all" ? 1 : 3;
  const cases = fixtureCases().filter((_, n) => n % step === 0);
  for (const group of new Set(cases.map(groupOf))) {
    it(`say the same of all files of ${group}`, async () => {
      for (const [n, one] of cases.entries()) if (groupOf(one) === group) write(n, one);
      const [here, there] = [await byTerminal(), await byServer()];
      assert.equal(here.size > 0, group !== "foreign");
      assert.deepEqual([...there].sort(byName), [...here].sort(byName));
    });
  }

  function write(n: number, { fixture }: (typeof cases)[number]): void {
    for (const { path: name, text } of fixture.files) {
      const inside = /^\/workspace\/(.+)$/.exec(name)?.[1] ?? "../";
      if (`/${inside}`.includes("/../")) continue;
      own.write(`${n}/${inside}`, text);
    }
  }

  /** Problems by file; files without any are left out. */
  async function byTerminal(): Promise<Map<string, unknown>> {
    const args = [fromRoot("dist", "cli.js"), "check", "--format", "json"];
    const text = await new Promise<string>((resolve) => {
      execFile(process.execPath, args, { cwd: own.path, maxBuffer: 1 << 28 }, (_ended, out) => resolve(out));
    });
    const { files }: { files: { path: string; diagnostics: unknown[] }[] } = JSON.parse(text);
    return new Map(files.flatMap((one) => (one.diagnostics.length > 0 ? [[one.path, one.diagnostics]] : [])));
  }

  async function byServer(): Promise<Map<string, unknown>> {
    const root = pathToFileURL(own.path).href;
    const server = await startServer({}, { rootUri: root });
    await server.connection.sendRequest(CHECK_WORKSPACE);
    // What was told before an answer has come before it.
    const found = server.published.filter(({ diagnostics }) => diagnostics.length > 0);
    await server.stop();
    return new Map(
      found.map(({ uri, diagnostics }) => [
        decodeURIComponent(uri.slice(root.length + 1)),
        diagnostics.map(({ severity = 0, code, message, range }) => ({
          severity: LEVELS[severity],
          code,
          message,
          range,
        })),
      ]),
    );
  }
});

const byName = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number =>
  one < other ? -1 : 1;
