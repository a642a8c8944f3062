// A SkyPilot server for tests, with a real Python of its own: a virtual environment that has a package `sky` with the one class that
// plugins need, and the stand-in for the program `sky`.
import { execFileSync } from "node:child_process";
import { chmod, readdir } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import type { HostConfig, HostIo } from "../../../../client/ops/index.js";
import { fromRoot } from "../../../harness/root.js";
import { temporary, write } from "../places.js";

export interface SkypilotServer {
  readonly folder: string;
  /** Its `.sky`. */
  readonly home: string;
  readonly python: string;
  readonly url: string;
  readonly config: HostConfig;
  readonly io: HostIo;
  sky(...args: readonly string[]): void;
}

const base = `
import abc

class BasePlugin(abc.ABC):
    @property
    def js_extension_path(self): return None
    @property
    def name(self): return None
    @property
    def version(self): return None
    @property
    def hidden_from_display(self): return False
    @abc.abstractmethod
    def install(self, context): ...
`;

/** Why no such server can be made here; undefined when it can. */
export function lacking(): string | undefined {
  try {
    execFileSync("python3", ["-c", "import venv, pip, sys; sys.exit(0 if sys.version_info >= (3, 10) else 1)"], {
      stdio: "ignore",
    });
    return undefined;
  } catch {
    return "python3 (3.10 or newer) with pip and venv is not here";
  }
}

export async function skypilotServer(options: { readonly token?: string } = {}): Promise<SkypilotServer> {
  const folder = await temporary();
  const python = await serverPython(folder);
  const home = path.join(folder, ".sky");
  const port = await freePort();
  const fake = JSON.stringify({ home, python, port, ...options });
  const module = JSON.stringify(fromRoot("out", "test", "ops", "support", "skypilot", "fakeSky.js"));
  const run = `require(${module}).fakeSky(${fake}, process.argv.slice(2)).then((code) => { process.exitCode = code; });`;
  const sky = path.join(folder, "bin", "sky");
  await write(folder, { "bin/sky": `#!${process.execPath}\n${run}\n`, ".sky/keep": "" });
  await chmod(sky, 0o755);
  const url = `http://127.0.0.1:${port}`;
  return {
    folder,
    home,
    python,
    url,
    config: { name: "sky", system: "skypilot", level: "local", url, directory: home, own: { python } },
    io: { executables: { sky, python: "" }, timeouts: { reload: 10_000 } },
    sky: (...args) => void execFileSync(sky, [...args], { stdio: "ignore" }),
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** A Python with a package `sky` that has what plugins derive from. */
export async function serverPython(folder: string): Promise<string> {
  const venv = path.join(folder, "venv");
  // pip is the outer Python's: putting one in takes longer than all tests.
  execFileSync("python3", ["-m", "venv", "--without-pip", "--system-site-packages", venv]);
  const [version = ""] = await readdir(path.join(venv, "lib"));
  await write(path.join(venv, "lib", version, "site-packages", "sky"), {
    "__init__.py": '__version__ = "0.13.0"\n',
    "server/__init__.py": "",
    "server/plugins.py": base,
  });
  return path.join(venv, "bin", "python");
}
