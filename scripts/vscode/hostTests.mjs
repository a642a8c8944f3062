// Runs a suite inside the extension host: opens one window of the server build in a browser and waits for its verdict.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { inProject } from "../support/root.mjs";
import { launchBrowser } from "./browser.mjs";
import { unseenSettings } from "./quietSettings.mjs";
import { startServer } from "./server.mjs";

const hostEntry = fileURLToPath(new URL("./hostEntry.cjs", import.meta.url));

/**
 * Answers 0 passed, 1 failed, 2 no verdict within `seconds`.
 * Options: `extension` (the development extension that carries the tests), `tests` (module that exports `run()`), `folder`
 * to open, `install` (.vsix files), `build`, `fewBuiltIns`, `env` (reaches the tests), `name` (of a screenshot on no verdict).
 */
export async function runHostTests({ extension, tests, folder, env, seconds = 120, name, ...options }) {
  const work = mkdtempSync(path.join(os.tmpdir(), "plugsmith-host-tests-"));
  const log = path.join(work, "host.log");
  writeFileSync(log, "");
  const echo = echoOf(log);
  const ticker = setInterval(echo, 200);
  let server;
  let browser;
  try {
    const own = { PLUGSMITH_HOME: path.join(work, "home") };
    const hostEnv = { ...own, ...env, PLUGSMITH_HOST_ENTRY: path.resolve(tests), PLUGSMITH_HOST_LOG: log };
    server = await startServer({ ...options, settings: unseenSettings, env: hostEnv, forTests: true });
    browser = await launchBrowser();
    const page = await browser.newPage({ viewport: { width: 640, height: 480 } }); // nobody looks, and drawing takes time
    const payload = {
      extensionDevelopmentPath: server.remote(extension),
      extensionTestsPath: server.remote(hostEntry),
    };
    const { code, windowLog } = await verdictOf(page, server.url({ folder, payload }), seconds);
    echo();
    if (code === 2) {
      console.error(`no verdict from the extension host within ${seconds} s`);
      console.error([...windowLog, server.log()].join("\n"));
      await screenshot(page, name ?? "host-tests");
    }
    return code;
  } finally {
    clearInterval(ticker);
    await browser?.close();
    await server?.stop();
    rmSync(work, { recursive: true, force: true });
  }
}

/** The window calls two functions of its page: one with each line of its console, one with the exit code. */
async function verdictOf(page, url, seconds) {
  const windowLog = [];
  let timer;
  const verdict = new Promise((resolve, reject) => {
    timer = setTimeout(resolve, seconds * 1000, 2);
    page.on("crash", () => resolve(2));
    Promise.all([
      page.exposeFunction("codeAutomationExit", resolve),
      page.exposeFunction("codeAutomationLog", (type, args) => windowLog.push(`${type}: ${args.join(" ")}`)),
    ])
      .then(() => page.goto(url))
      .catch(reject);
  });
  try {
    return { code: await verdict, windowLog };
  } finally {
    clearTimeout(timer);
  }
}

function echoOf(file) {
  let shown = 0;
  return () => {
    const bytes = readFileSync(file);
    process.stdout.write(bytes.subarray(shown));
    shown = bytes.length;
  };
}

async function screenshot(page, name) {
  const folder = inProject("artifacts", "screenshots");
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `FAILED-${name}.png`) }).catch(() => {});
}
