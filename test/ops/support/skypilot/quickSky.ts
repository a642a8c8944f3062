// A SkyPilot server in the test's own process, for suites that start it again and again: one Python imports what plugins.yaml lists,
// and the program `sky` is a shell's few words that ask for a start or a stop. `fakeSky.ts` is the slower one, a process of its own.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { chmod, readFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import path from "node:path";
import { promisify } from "node:util";
import { parse } from "yaml";
import type { HostConfig } from "../../../../client/ops/index.js";
import type { ProcessResult, Run } from "../../../../client/ops/transports/process.js";
import { temporary, write } from "../places.js";
import { bytesIn } from "../pluginFiles.js";
import { loadScript } from "./fakeSky.js";
import { quickPip, serverPython, siteOf } from "./server.js";

export interface QuickSky {
  readonly config: HostConfig;
  readonly sky: string;
  readonly python: string;
  /** Its `.sky`. */
  readonly home: string;
  /** Where its Python has its packages. */
  readonly site: string;
  /** What it shows; undefined while it is down. */
  shown(): string | undefined;
  /** As if it had been started when its files were those that it showed this for. */
  show(shown: string | undefined): void;
  stop(): Promise<void>;
}

export async function quickSky(): Promise<QuickSky> {
  const folder = await temporary();
  const python = await serverPython(folder, quickPip);
  const site = siteOf(python);
  const home = path.join(folder, ".sky");
  let shown: string | undefined;
  const server = createServer(async (request, response) => {
    const at = request.url ?? "";
    if (at === "/do/stop") shown = undefined;
    if (at === "/do/start") shown ??= await loaded(python, home, site);
    if (at.startsWith("/do/")) return response.end(shown === undefined && at === "/do/start" ? "no\n" : "yes\n");
    if (shown === undefined) return request.socket.destroy();
    if (at === "/api/health") return reply(response, 200, health);
    return at === "/api/plugins" ? reply(response, 200, `{"plugins":${shown}}`) : reply(response, 404, "{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  await write(folder, { "bin/sky": program(port), ".sky/keep": "" });
  const sky = path.join(folder, "bin", "sky");
  await chmod(sky, 0o755);
  const url = `http://127.0.0.1:${port}`;
  return {
    config: { name: "sky", system: "skypilot", level: "local", url, directory: home, own: { python } },
    sky,
    python,
    home,
    site,
    shown: () => shown,
    show: (now) => {
      shown = now;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const health = '{"status":"healthy","api_version":"21","version":"0.13.0","version_on_disk":"0.13.0"}';

/** `sky api start`, `sky api stop`. */
const program = (port: number) => `#!/bin/bash
exec 3<>/dev/tcp/127.0.0.1/${port} || exit 1
printf 'GET /do/%s HTTP/1.0\\r\\n\\r\\n' "$2" >&3
while read -r line <&3; do last=$line; done
[ "$last" = yes ] || { echo "Failed to start the SkyPilot API server; see the log" >&2; exit 1; }
`;

function reply(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { "content-type": "application/json" }).end(body);
}

/** Undefined where a class can't be loaded: the server doesn't start. */
async function loaded(python: string, home: string, site: string): Promise<string | undefined> {
  const text = await readFile(path.join(home, "plugins.yaml"), "utf8").catch(() => "");
  const content: unknown = parse(text, { version: "1.1" });
  const entries: unknown = typeof content === "object" && content !== null ? Reflect.get(content, "plugins") : [];
  const asked = JSON.stringify(entries ?? []);
  const known = `${await contentIn(site)} ${asked}`;
  if (!before.has(known)) {
    const answer = await run(python, ["-B", "-c", loadScript, asked]).catch(() => undefined);
    before.set(known, answer?.stdout.trim());
  }
  return before.get(known);
}

/** What it loaded of these packages. */
const before = new Map<string, string | undefined>();

/** A digest of all packages there. */
export async function contentIn(site: string): Promise<string> {
  const hash = createHash("sha256");
  for (const [name, bytes] of Object.entries(await bytesIn(site)).sort(([a], [b]) => (a < b ? -1 : 1)))
    if (!name.includes("__pycache__")) hash.update(`${name} ${bytes.byteLength} `).update(bytes);
  return hash.digest("hex");
}

/** A Python that is asked the same of the same packages gives the same answer, without being started again. */
export function rememberingPython(python: string, site: string): (run: Run) => Run {
  const known = new Map<string, ProcessResult>();
  return (run) => async (request) => {
    const { command, args, input, signal } = request;
    const isProbe = command === python && args[0] === "-" && input instanceof Uint8Array && !signal.aborted;
    if (!isProbe) return run(request);
    const question = createHash("sha256").update(args.join("\0")).update(input).digest("hex");
    const key = `${await contentIn(site)} ${question}`;
    const result = known.get(key) ?? (await run(request));
    if (result.code === 0) known.set(key, result);
    return result;
  };
}

const run = promisify(execFile);
