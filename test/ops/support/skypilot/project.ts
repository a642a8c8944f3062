// A small SkyPilot plugin on disk that is built by a backend of its own, so that a build needs nothing from any index.
import { createHash } from "node:crypto";
import path from "node:path";
import type { Tools } from "../../../../client/ops/pack/packer.js";
import { createRun, type ProcessResult } from "../../../../client/ops/transports/process.js";
import { type Files, temporary, write } from "../places.js";
import { bytesIn } from "../pluginFiles.js";

const backend = `
import base64, hashlib, pathlib, re, zipfile

def build_wheel(directory, config_settings=None, metadata_directory=None):
    text = pathlib.Path("pyproject.toml").read_text()
    name = re.search('^name = "(.+)"', text, re.M)[1]
    version = re.search('^version = "(.+)"', text, re.M)[1]
    requires = re.findall('^# requires (.+)', text, re.M)
    stem = name.replace("-", "_") + "-" + version
    files = {str(p): p.read_bytes() for p in sorted(pathlib.Path(".").glob("example_audit/**/*")) if p.is_file()}
    info = stem + ".dist-info/"
    lines = ["Metadata-Version: 2.1", "Name: " + name, "Version: " + version] + ["Requires-Dist: " + one for one in requires]
    files[info + "METADATA"] = ("\\n".join(lines) + "\\n").encode()
    files[info + "WHEEL"] = b"Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n"
    record = "".join(n + ",sha256=" + base64.urlsafe_b64encode(hashlib.sha256(b).digest()).decode().rstrip("=") + "," + str(len(b)) + "\\n" for n, b in files.items())
    files[info + "RECORD"] = (record + info + "RECORD,,\\n").encode()
    wheel = stem + "-py3-none-any.whl"
    with zipfile.ZipFile(pathlib.Path(directory) / wheel, "w") as out:
        for n, b in files.items():
            out.writestr(zipfile.ZipInfo(n), b)
    return wheel
`;

export const pluginCode = (version = "0.1.0") => `
from sky.server.plugins import BasePlugin

class AuditPlugin(BasePlugin):
    def __init__(self, log_path="audit.log"):
        self.log_path = log_path
    @property
    def name(self): return "example-audit"
    @property
    def version(self): return "${version}"
    def install(self, context): pass

class ControllerAuditPlugin(AuditPlugin): pass
`;

export function projectFiles(version = "0.1.0"): Files {
  return {
    "pyproject.toml": [
      "[build-system]",
      "requires = []",
      'build-backend = "backend"',
      'backend-path = ["."]',
      "",
      "[project]",
      'name = "example-audit"',
      `version = "${version}"`,
      "",
    ].join("\n"),
    "backend.py": backend,
    "example_audit/__init__.py": "",
    "example_audit/plugin.py": pluginCode(version),
    "plugins.yaml":
      "# The audit log.\nplugins:\n  - class: example_audit.plugin.AuditPlugin # ours\n    parameters:\n      log_path: /tmp/audit.log\n",
  };
}

/** `files` adds to it or replaces parts of it. */
export async function project(files: Files = {}, version?: string): Promise<string> {
  return write(path.join(await temporary(), "audit"), { ...projectFiles(version), ...files });
}

/** Builds by the backend alone, equal sources once: what pip does around it takes seconds, and one test of it is enough. */
export const quickTools: Tools = {
  run: async (request) => {
    const { args } = request;
    const isBuild = args.includes("wheel") || args.includes("--wheel");
    if (!isBuild) return createRun()(request);
    const out = args[Math.max(args.indexOf("-w"), args.indexOf("--outdir")) + 1] ?? "";
    const source = args.at(-1) ?? "";
    const sources = digestOf(await bytesIn(source));
    const known = built.get(sources);
    if (known !== undefined) {
      await write(out, known.wheels);
      return known.result;
    }
    const result = await createRun()({
      ...request,
      cwd: source,
      args: ["-c", "import backend, sys; backend.build_wheel(sys.argv[1])", out],
    });
    if (result.code === 0) built.set(sources, { result, wheels: await bytesIn(out) });
    return result;
  },
};

const built = new Map<string, { readonly result: ProcessResult; readonly wheels: Files }>();

function digestOf(files: Files): string {
  const hash = createHash("sha256");
  for (const [name, bytes] of Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(`${name} ${bytes.length} `).update(bytes);
  return hash.digest("hex");
}
