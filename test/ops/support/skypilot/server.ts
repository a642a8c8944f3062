// A SkyPilot server for tests, with a real Python of its own: a virtual environment that has a package `sky` with the one class that
// plugins need, and the stand-in for the program `sky`.
import { execFileSync } from "node:child_process";
import { chmod, symlink } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import type { HostConfig, HostIo } from "../../../../client/ops/index.js";
import { fromRoot } from "../../../harness/root.js";
import { type Files, temporary, write } from "../places.js";

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

/** A pip of few words that takes a twentieth of the time. */
export const quickPip: Files = {
  "pip/__init__.py": "",
  "pip/__main__.py": `
import importlib.metadata, pathlib, shutil, sys, sysconfig, zipfile
site = pathlib.Path(sysconfig.get_paths()["purelib"])
args = [one for one in sys.argv[1:] if not one.startswith("-")]

def installed(name):
    for one in importlib.metadata.distributions(path=[str(site)]):
        if one.metadata["Name"].lower().replace("_", "-") == name.lower().replace("_", "-"):
            return one

def remove(one):
    stem = one.metadata["Name"].replace("-", "_")
    for file in one.files or []:
        place = pathlib.Path(str(file.locate()))
        place.unlink(missing_ok=True)
        shutil.rmtree(place.parent / "__pycache__", ignore_errors=True)
    for folder in site.glob(stem + "-*.dist-info"):
        shutil.rmtree(folder)

if args[0] == "uninstall":
    there = installed(args[1])
    if there is not None:
        remove(there)
else:
    name, version = pathlib.Path(args[1]).name.split("-")[:2]
    there = installed(name)
    if there is None or there.version != version or "--force-reinstall" in sys.argv:
        if there is not None:
            remove(there)
        zipfile.ZipFile(args[1]).extractall(site)
`,
};

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

/** `pip`: the real one, or one of few words that takes a twentieth of the time. */
export async function skypilotServer(pip: "real" | "quick" = "quick"): Promise<SkypilotServer> {
  const folder = await temporary();
  const python = await serverPython(folder, pip === "quick" ? quickPip : {});
  const home = path.join(folder, ".sky");
  const port = await freePort();
  const fake = JSON.stringify({ home, python, port });
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
export async function serverPython(folder: string, packages: Files = {}): Promise<string> {
  const venv = path.join(folder, "venv");
  // Without one of its own, pip is the outer Python's: putting one in takes longer than all tests.
  const sees = !("pip/__main__.py" in packages);
  // What `python3 -m venv --without-pip` makes, without the time that takes.
  const { program, version } = outerPython();
  const site = path.join(venv, "lib", `python${version}`, "site-packages");
  await write(venv, {
    "pyvenv.cfg": `home = ${path.dirname(program)}\ninclude-system-site-packages = ${sees}\n`,
    "bin/keep": "",
  });
  const python = path.join(venv, "bin", "python");
  await symlink(program, python);
  await write(path.join(site, "sky"), {
    "__init__.py": '__version__ = "0.13.0"\n',
    "server/__init__.py": "",
    "server/plugins.py": base,
  });
  await write(site, packages);
  return python;
}

/** Where such a Python has its packages. */
export function siteOf(python: string): string {
  return path.join(python, "../../lib", `python${outerPython().version}`, "site-packages");
}

let outer: { readonly program: string; readonly version: string } | undefined;

function outerPython() {
  const ask = "import os, sys; print(os.path.realpath(sys._base_executable), '%d.%d' % sys.version_info[:2])";
  const [program = "", version = ""] = outer
    ? [outer.program, outer.version]
    : execFileSync("python3", ["-c", ask], { encoding: "utf8" }).trim().split(" ");
  outer = { program, version };
  return outer;
}
