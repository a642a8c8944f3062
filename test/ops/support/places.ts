// Temporary folders and small plugins on disk for the ops tests; everything goes away after each test.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

export type Files = Readonly<Record<string, string | Buffer>>;

const made: string[] = [];

export async function temporary(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "plugsmith-ops-"));
  made.push(folder);
  return folder;
}

export async function removeTemporary(): Promise<void> {
  for (const folder of made.splice(0)) await rm(folder, { recursive: true, force: true });
}

export async function write(folder: string, files: Files): Promise<string> {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  return folder;
}

/** A folder with a sound plugin; `files` adds to it or replaces parts of it. */
export async function plugin(files: Files = {}): Promise<string> {
  return write(path.join(await temporary(), "hello"), { ...hello(), ...files });
}

export function hello(version = "1.0.0", name = "@acme/hello", base = "/hello"): Files {
  return {
    "manifest.yaml": [
      `name: "${name}"`,
      `version: "${version}"`,
      `base: ${base}`,
      "pluginEntry: dist/plugin.js",
      "entrypoint: dist/client/index.html",
      "injectBase: true",
      "menus:",
      "  - title: Hello",
      "    icon: lucide:hand",
      `    path: ${base}`,
      "",
    ].join("\n"),
    "dist/plugin.js": `export default () => ({ version: "${version}" });\n`,
    "dist/client/index.html": `<!doctype html><html><head></head><body>hello ${version}</body></html>\n`,
  };
}
