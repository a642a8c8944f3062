// Child processes of the project's scripts: started in a process group of their own, so that ending one also ends
// whatever it started, and ended with the script, also when that is interrupted. Uses no shell.
import { spawn, spawnSync } from "node:child_process";
import process from "node:process";

const windows = process.platform === "win32";
const running = new Set();

/** Starts a program whose whole process group ends with this script. */
export function start(command, args, options = {}) {
  const child = spawn(command, args, { stdio: "inherit", ...options, detached: !windows });
  running.add(child);
  child.once("close", () => running.delete(child));
  child.once("error", () => running.delete(child));
  return child;
}

/**
 * Runs a program to its end and answers `{ code, timedOut, output }`; `output` holds what was written when `capture` is
 * set. A program that takes longer than `seconds` is ended together with everything it started.
 */
export function run(command, args, { seconds = 600, capture = false, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const stdio = ["ignore", capture ? "pipe" : "inherit", capture ? "pipe" : "inherit"];
    const child = start(command, args, { stdio, ...options });
    const chunks = [];
    child.stdout?.on("data", (chunk) => chunks.push(chunk));
    child.stderr?.on("data", (chunk) => chunks.push(chunk));
    let timedOut = false;
    let timer = setTimeout(() => {
      timedOut = true;
      end(child, "SIGTERM"); // lets it end what it started in groups of their own
      timer = setTimeout(end, 5000, child, "SIGKILL");
    }, seconds * 1000);
    child.once("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.once("close", (code) => {
      clearTimeout(timer);
      end(child, "SIGKILL"); // stragglers of the group
      resolve({ code: code ?? 1, timedOut, output: Buffer.concat(chunks).toString() });
    });
  });
}

/** Like `run`, but a failure is an error that carries the program's own words. */
export async function mustRun(command, args, options = {}) {
  const { code, timedOut, output } = await run(command, args, options);
  if (timedOut) throw new Error(`${command} ${args.join(" ")} did not end in time\n${output}`);
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} ended with exit code ${code}\n${output}`);
  return output;
}

/** npm, started without a shell: the npm that runs this script, or the one beside this Node.js, or the one on PATH. */
export function npm(args, options) {
  const own = process.env.npm_execpath;
  if (own?.endsWith("npm-cli.js")) return mustRun(process.execPath, [own, ...args], options);
  // A .cmd file can only be started through the shell; the arguments are all our own.
  return mustRun(windows ? "npm.cmd" : "npm", args, { ...options, shell: windows });
}

/** Signals a child and its whole group; does nothing when they are gone. */
export function end(child, signal = "SIGTERM") {
  if (child.pid === undefined) return;
  if (windows) {
    spawnSync("taskkill", ["/PID", String(child.pid), "/T", "/F"], { stdio: "ignore" });
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}

/** Ends the script tidily on Ctrl-C and the like: `tidyUp` first, then every group that is still running. */
export function endWithUs(tidyUp = async () => {}) {
  let ending = false;
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ]) {
    process.on(signal, async () => {
      if (ending) return;
      ending = true;
      const patience = setTimeout(() => endAll(code), 5000);
      await tidyUp().catch((error) => console.error(error.message));
      clearTimeout(patience);
      endAll(code);
    });
  }
}

function endAll(code) {
  for (const child of running) end(child, "SIGKILL");
  process.exit(code);
}
