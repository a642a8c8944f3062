#!/usr/bin/env node
// `npm start`: from a bare clone to a genuine VS Code with the extension installed, open on a copy of examples/, and a
// local host it can deploy to. Ctrl-C ends everything this started. Until packages are installed, only Node is needed.
//   --desktop  use the `code` of this machine instead of the VS Code server      --keep     keep the work folder of last time
//   --no-open  do not open a browser                                             --smoke    start, look, and stop at once
import process from "node:process";
import { parseArgs } from "node:util";
import { runDesktop } from "./start/desktop.mjs";
import { startLocalHost } from "./start/localHost.mjs";
import { openInBrowser } from "./start/openInBrowser.mjs";
import { answers } from "./start/smoke.mjs";
import { lastingWorkFolder, nameHost, passingWorkFolder } from "./start/workFolder.mjs";
import { ensureInstalled } from "./support/install.mjs";
import { endWithUs } from "./support/processes.mjs";
import { say, step } from "./support/steps.mjs";

const options = {
  desktop: { type: "boolean", default: false },
  keep: { type: "boolean", default: false },
  "no-open": { type: "boolean", default: false },
  smoke: { type: "boolean", default: false },
};
/** The work folder lies in the clone, whose repository is none of its business. */
const windowSettings = { "git.enabled": true, "git.openRepositoryInParentFolders": "never" };
const started = [];

async function main() {
  const { values } = parseArgs({ options });
  await ensureInstalled();
  const { packageExtension } = await import("./package.mjs");
  const vsix = await packageExtension();
  const work = values.smoke ? passingWorkFolder() : lastingWorkFolder(values);
  if (work.remove) started.push({ stop: work.remove });
  const host = await step("starting the local host", () => startLocalHost(work.hostFolder));
  started.push(host);
  await nameHost(work.workspace, host.url);

  const window = values.desktop ? await runDesktop(vsix, work.workspace) : await startWindow(vsix, work);
  if (values.smoke) {
    await step("looking whether both answer", () => answers(host.url, window));
    console.log("Both answer; everything that was started has been stopped.");
    await stopAll();
    return;
  }
  report(host, window, work);
  if (window && !values["no-open"]) openInBrowser(window);
}

async function startWindow(vsix, { workspace, profile }) {
  const { ensureServer } = await import("./vscode/fetchServer.mjs");
  const { startServer } = await import("./vscode/server.mjs");
  await ensureServer();
  return step("starting VS Code", async () => {
    const { randomUUID } = await import("node:crypto");
    // With a token, only who has the address can use this VS Code, which can run commands as you.
    const server = await startServer({
      install: [vsix],
      profile,
      token: randomUUID(),
      settings: windowSettings,
    });
    started.push(server);
    return server.url({ folder: workspace });
  });
}

function report(host, window, { workspace }) {
  say("ready");
  const address = window ?? "in the desktop window that has just opened";
  console.log(`\n  VS Code:     ${address}\n  local host:  ${host.url}\n  work folder: ${workspace}\n`);
  console.log("Everything ends with Ctrl-C.");
}

async function stopAll() {
  for (const one of started.splice(0).reverse()) await one.stop();
}

endWithUs(stopAll);
try {
  await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
  await stopAll();
}
