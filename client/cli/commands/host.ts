// `plugsmith host`: the local host in the foreground, until Ctrl-C.

import fs from "node:fs";
import path from "node:path";
import { type Command, JSON_OPTION, Misuse } from "../command.js";
import type { Terminal } from "../terminal.js";

export const hostCommand: Command = {
  name: "host",
  operands: "",
  summary: "run a local host for Buntime and Metaflow UI plugins",
  about: [
    "Speaks Buntime's management API and Metaflow UI's plugin routes over a folder, on this machine's loopback address alone, and serves the " +
      "plugins' pages. It does not run plugins' server code. What it holds survives a restart. Ctrl-C ends it.",
    'With --json, one line {"url": …} is printed once it listens.',
  ],
  examples: [
    "plugsmith host",
    "plugsmith host --port 8000 --dir /tmp/host",
    "PLUGSMITH_TOKEN=… plugsmith host --require-token",
  ],
  takes: [0, 0],
  options: [
    { name: "port", short: "p", value: "N", about: "the port to listen at; any free one by default" },
    { name: "dir", short: "d", value: "D", about: "the folder that keeps the plugins; .plugsmith/host by default" },
    { name: "require-token", about: "take management requests with the key of PLUGSMITH_TOKEN alone" },
    { name: "verbose", about: "log every request on stderr" },
    JSON_OPTION,
  ],
  run: async ({ terminal, signal, on, value }) => {
    const port = portOf(value("port"));
    const apiKey = on("require-token") ? terminal.token : undefined;
    if (on("require-token") && apiKey === undefined) throw new Misuse("--require-token needs a key in PLUGSMITH_TOKEN");
    const directory = path.resolve(terminal.cwd, value("dir") ?? ownFolder(terminal));
    const { startLocalHost } = await import("../../ops/index.js");
    const host = await startLocalHost({
      directory,
      port,
      ...(apiKey !== undefined && { apiKey }),
      log: (line) => void ((on("verbose") || /^(WRN|ERR)/.test(line)) && terminal.note(line)),
    });
    const shown = terminal.shown(host.directory);
    if (on("json")) terminal.print(JSON.stringify({ url: host.url, port: host.port, directory: host.directory }));
    else terminal.print(`local host at ${host.url} with the plugins in ${shown}; Ctrl-C ends it`);
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
    await host.stop();
    return 0;
  },
};

function portOf(text: string | undefined): number {
  if (text === undefined) return 0;
  const port = /^\d+$/.test(text) ? Number(text) : -1;
  if (port < 0 || port > 65_535) throw new Misuse(`--port takes a number from 0 to 65535, not "${text}"`);
  return port;
}

/** `.plugsmith/host`, kept out of the user's repository. */
function ownFolder({ cwd }: Terminal): string {
  const folder = path.join(cwd, ".plugsmith");
  const ignored = path.join(folder, ".gitignore");
  try {
    if (!fs.existsSync(ignored)) {
      fs.mkdirSync(folder, { recursive: true });
      fs.writeFileSync(ignored, "*\n");
    }
  } catch (error) {
    const code = error instanceof Error && "code" in error ? ` (${String(error.code)})` : "";
    throw new Misuse(`the folder .plugsmith can't be made here${code}; name another one with --dir`);
  }
  return path.join(folder, "host");
}
