// Hosts that refuse or don't answer: what the extension does then, without anything being sent or lost.
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { commands, workspace } from "vscode";
import { type LocalHost, startLocalHost } from "../../../../client/ops/index";
import { inFolder, write } from "../documents";
import { loadedOn } from "../hostApi";
import { logged } from "../log";
import { until } from "../waiting";

const notes = "@example/plugin-notes";

describe("a host that", () => {
  const settings = workspace.getConfiguration("plugsmith");
  let directory: string;
  let keyed: LocalHost;

  before(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), "plugsmith-keyed-"));
    keyed = await startLocalHost({ directory, apiKey: "invented-key" });
  });

  after(async () => {
    await settings.update("hosts", undefined);
    await keyed.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  it("wants a key asks for one, and nothing is sent when none is given", async () => {
    await name("keyed", keyed.url);
    const going = commands.executeCommand("plugsmith.reload", { host: "keyed" });
    assert.equal(await givingUp(going), undefined);
    await logged(/reload keyed: unauthorised/);
    assert.deepEqual(await loadedOn(keyed.url), []);
  });

  it("is not there is said to be unreachable", async () => {
    await name("gone", "http://127.0.0.1:9");
    assert.equal(await commands.executeCommand("plugsmith.reload", { host: "gone" }), undefined);
    await logged(/reload gone: unreachable/);
  });

  it("answers with a web page is said to be no host", async () => {
    const server = createServer((_request, response) => {
      response.writeHead(200, { "Content-Type": "text/html" }).end("<!doctype html><title>Welcome</title>");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    try {
      await name("page", `http://127.0.0.1:${port}`);
      const answer = await commands.executeCommand("plugsmith.deploy", { host: "page", plugin: notes });
      assert.equal(answer, undefined);
      await logged(/deploy @example\/plugin-notes to page: \w+ at .*page/);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it("would be harmed by a plugin's name is never sent it", async () => {
    const url = await commands.executeCommand<string>("plugsmith.startLocalHost");
    await write("harmful/plugin.js", "export default {};\n");
    await write("harmful/manifest.yaml", 'name: ".."\nversion: "1.0.0"\nbase: /harmful\npluginEntry: plugin.js\n');
    const root = inFolder("harmful").toString();
    // The question is a dialog, which a window under test refuses to show.
    await commands.executeCommand("plugsmith.deploy", { host: "local host", root }).then(undefined, () => undefined);
    assert.ok(!(await loadedOn(url)).includes(".."));
    await commands.executeCommand("plugsmith.stopLocalHost");
  });

  async function name(host: string, url: string): Promise<void> {
    await settings.update("hosts", [{ name: host, system: "buntime", url, level: "local" }]);
  }
});

/** Leaves whatever is asked unanswered until the command is over. */
async function givingUp(going: Thenable<unknown>): Promise<unknown> {
  let over = false;
  const end = () => {
    over = true;
  };
  going.then(end, end);
  await until("the end of the command", async () => {
    if (!over) await commands.executeCommand("workbench.action.closeQuickOpen");
    return over;
  });
  return going;
}
