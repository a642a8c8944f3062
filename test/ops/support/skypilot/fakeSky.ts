// A stand-in for the program `sky` as far as its API server goes: `api start` reads the plugins' file as SkyPilot does, imports and
// constructs each class in a real Python, and comes up or fails with that Python's own words; `api stop` ends it.
import { spawn, spawnSync } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parse } from "yaml";

export interface FakeSky {
  readonly home: string;
  readonly python: string;
  readonly port: number;
  /** When set, everything but health wants it. */
  readonly token?: string;
}

/** Loads what its argument lists as the server does, and prints what `GET /api/plugins` then shows. */
export const loadScript = `
import importlib, json, sys, types
take = lambda *args, **more: (lambda made: made)
routes = types.SimpleNamespace(get=take, post=take, put=take, delete=take, include_router=lambda *args, **more: None)
shown = []
for entry in json.loads(sys.argv[1]):
    module, name = entry["class"].rsplit(".", 1)
    try:
        loaded = importlib.import_module(module)
    except ImportError as error:
        raise ImportError("Failed to import plugin module: " + module + ". " + str(error))
    plugin = getattr(loaded, name)(**(entry.get("parameters") or {}))
    plugin.install(types.SimpleNamespace(app=routes))
    if plugin.hidden_from_display:
        continue
    row = {"js_extension_path": plugin.js_extension_path, "requires_early_init": False}
    for key in ("name", "version"):
        if getattr(plugin, key) is not None:
            row[key] = getattr(plugin, key)
    shown.append(row)
print(json.dumps(shown))
`;

export async function fakeSky(config: FakeSky, argv: readonly string[]): Promise<number> {
  mkdirSync(path.join(config.home, "api_server"), { recursive: true });
  if (argv[0] !== "api") return 2;
  if (argv[1] === "stop") return stop(config);
  if (argv[1] === "restart") await stop(config);
  return argv[1] === "start" || argv[1] === "restart" ? start(config) : 2;
}

async function stop({ home }: FakeSky): Promise<number> {
  const file = path.join(home, "pid");
  if (!existsSync(file)) return 0;
  const pid = Number(readFileSync(file, "utf8"));
  rmSync(file);
  for (let times = 0; times < 200 && ends(pid, times === 0 ? "SIGTERM" : 0); times += 1) await wait(20);
  return 0;
}

function ends(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
}

async function start(config: FakeSky): Promise<number> {
  const { home, python } = config;
  const log = path.join(home, "api_server", "server.log");
  const file = process.env.SKYPILOT_SERVER_PLUGINS_CONFIG ?? path.join(home, "plugins.yaml");
  appendFileSync(log, `starting with ${file}\n`);
  const content: unknown = existsSync(file) ? parse(readFileSync(file, "utf8"), { version: "1.1" }) : {};
  const entries: unknown = typeof content === "object" && content !== null ? Reflect.get(content, "plugins") : [];
  const loaded = spawnSync(python, ["-c", loadScript, JSON.stringify(entries ?? [])], { encoding: "utf8" });
  if (loaded.status !== 0) {
    appendFileSync(log, loaded.stderr);
    console.error("Failed to start the SkyPilot API server; see the log");
    return 1;
  }
  const own = __filename;
  const out = openSync(log, "a");
  const serving = ["--serve", JSON.stringify({ ...config, shown: JSON.parse(loaded.stdout) })];
  const child = spawn(process.execPath, [own, ...serving], { detached: true, stdio: ["ignore", out, out] });
  child.unref();
  writeFileSync(path.join(home, "pid"), String(child.pid));
  for (let times = 0; times < 200; times += 1) {
    const answer = await fetch(`http://127.0.0.1:${config.port}/api/health`).catch(() => undefined);
    if (answer?.ok === true) return 0;
    await wait(25);
  }
  return 1;
}

function serve({ port, token, shown }: FakeSky & { readonly shown: unknown }): void {
  const server = createServer((request, response) => {
    const signedIn = token === undefined || request.headers.authorization === `Bearer ${token}`;
    const reply = (status: number, value: unknown) => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
    };
    if (request.url === "/api/health") {
      const more = { api_version: "21", version: "0.13.0", version_on_disk: "0.13.0" };
      return reply(200, { status: "healthy", ...(signedIn ? more : {}) });
    }
    if (!signedIn) return reply(401, { detail: "Unauthorized" });
    return request.url === "/api/plugins" ? reply(200, { plugins: shown }) : reply(404, { detail: "Not Found" });
  });
  server.listen(port, "127.0.0.1");
  // A test that is ended before it can stop its server leaves none behind for long.
  setTimeout(() => process.exit(0), 120_000);
}

if (process.argv[2] === "--serve") serve(JSON.parse(process.argv[3] ?? "{}"));
