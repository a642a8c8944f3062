// Starts a private VS Code server on 127.0.0.1 (own port, own profile) and stops it with everything it started.
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { end, start } from "../support/processes.mjs";
import { copyInstalled, install, linkFewBuiltIns } from "./extensions.mjs";
import { ensureServer } from "./fetchServer.mjs";
import { startFront } from "./front.mjs";
import { quietSettings } from "./quietSettings.mjs";

const leash = fileURLToPath(new URL("./leash.cjs", import.meta.url));

/**
 * Options: `build` (an id of builds.mjs), `install` (.vsix files), `settings` (user), `machineSettings` (remote; they win),
 * `env`, `profile` (a folder to keep; without it a temporary one), `token` (asked from whoever opens a window),
 * `forTests` (lets a window load a development extension and its tests), `fewBuiltIns` (leaves out the built-in extensions
 * that no test needs), `extraArgs`.
 */
export async function startServer(options = {}) {
  const build = await ensureServer(options.build);
  const profile = options.profile ?? mkdtempSync(path.join(os.tmpdir(), "plugsmith-vscode-"));
  writeSettings(profile, options);
  const data = ["user-data", "server-data", "extensions"].flatMap((name) => [
    `--${name}-dir`,
    path.join(profile, name),
  ]);
  const env = { ...process.env, EXTENSIONS_GALLERY: "{}", ...options.env }; // no requests to a marketplace
  const files = options.install ?? [];
  // A profile that is kept may have extensions of its own.
  if (options.profile) await install(files, build, env, data);
  else await copyInstalled(path.join(profile, "extensions"), files, build, env);
  if (options.fewBuiltIns) {
    const builtIn = path.join(profile, "built-in");
    linkFewBuiltIns(builtIn, build);
    data.push("--builtin-extensions-dir", builtIn);
  }
  const child = start(build.node, ["--require", leash, build.main, ...serverArgs(options), ...data], {
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...env, PLUGSMITH_LEASHED: build.main },
  });
  const log = [];
  const backendPort = await portOf(child, log).catch((error) => {
    end(child, "SIGKILL");
    throw error;
  });
  const front = await startFront(backendPort, randomBytes(32));
  const authority = `127.0.0.1:${front.port}`;
  return {
    version: build.version,
    profile,
    origin: `http://${authority}`,
    log: () => log.join(""),
    /** A file or folder of this machine, as the window names it. */
    remote: (file) => `vscode-remote://${authority}${asUriPath(path.resolve(file))}`,
    url: (window) => windowAddress(`http://${authority}/`, { ...window, token: options.token }),
    async stop() {
      await stop(child);
      front.stop();
      if (!options.profile) rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function serverArgs({ token, forTests = false, extraArgs = [] }) {
  return [
    "--host",
    "127.0.0.1",
    "--port",
    "0",
    ...(token ? ["--connection-token", token] : ["--without-connection-token"]),
    "--accept-server-license-terms",
    // A built server ignores extensionDevelopmentPath and extensionTestsPath without this.
    ...(forTests ? ["--enable-smoke-test-driver"] : []),
    "--telemetry-level",
    "off",
    "--disable-workspace-trust",
    "--disable-update-check",
    "--disable-getting-started-override",
    ...extraArgs,
  ];
}

function writeSettings(profile, { settings, machineSettings, fewBuiltIns = false }) {
  // The page has a list of its own of built-in extensions, and would run those that are left out in a worker.
  const workers = fewBuiltIns ? { "extensions.webWorker": false } : {};
  const scopes = { User: { ...quietSettings, ...workers, ...settings }, Machine: machineSettings ?? {} };
  for (const [scope, values] of Object.entries(scopes)) {
    const folder = path.join(profile, "user-data", scope);
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, "settings.json"), JSON.stringify(values, null, 2));
  }
}

function portOf(child, log) {
  return new Promise((resolve, reject) => {
    const fail = (text) => reject(new Error(`VS Code's server ${text}\n${log.join("")}`));
    const timer = setTimeout(fail, 30_000, "did not start within 30 s");
    const collect = (chunk) => {
      log.push(String(chunk));
      const match = /Extension host agent listening on (\d+)/.exec(log.join(""));
      if (!match) return;
      clearTimeout(timer);
      resolve(Number(match[1]));
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.once("error", (error) => fail(`did not start: ${error.message}`));
    child.once("exit", (code) => fail(`ended with exit code ${code}`));
  });
}

/** `payload` takes keys of the window's environment, for example extensionDevelopmentPath. */
function windowAddress(root, { folder, payload = {}, token }) {
  const url = new URL(root);
  if (folder) url.searchParams.set("folder", asUriPath(path.resolve(folder)));
  else url.searchParams.set("ew", "true");
  if (token) url.searchParams.set("tkn", token);
  url.searchParams.set("payload", JSON.stringify(Object.entries({ skipWelcome: "true", ...payload })));
  return url.href;
}

function asUriPath(file) {
  return process.platform === "win32" ? `/${file.replaceAll("\\", "/")}` : file;
}

async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((resolve) => child.once("exit", resolve));
  end(child, "SIGTERM");
  const timer = setTimeout(end, 3000, child, "SIGKILL");
  await exited;
  clearTimeout(timer);
  end(child, "SIGKILL"); // stragglers of the group
}
