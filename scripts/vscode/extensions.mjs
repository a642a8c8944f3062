// Which extensions a window of the tests has, put together by copies and links: each window has a fresh profile, and starting
// VS Code once more just to unpack the same .vsix, or having it read ninety manifests that no test needs, takes longer than many tests.
import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { promisify } from "node:util";

/** Built-in ones that manifests, their sources and the pictures are shown with; the window waits for the sign-in to GitHub. */
const few = [
  "configuration-editing",
  "diff",
  "docker",
  "dotenv",
  "github-authentication",
  "html",
  "ini",
  "javascript",
  "json",
  "json-language-features",
  "log",
  "markdown-basics",
  "python",
  "shellscript",
  "simple-browser",
  "theme-defaults",
  "theme-modern-icons",
  "theme-seti",
  "yaml",
];

/** What was installed already by this process -> the folder that holds it. */
const installed = new Map();

/** Has the .vsix `files` in the new folder `into`, as `build` installs them; `env` is the environment of that program. */
export async function copyInstalled(into, files, build, env) {
  if (files.length === 0) return;
  const key = [build.id, ...files].join("\n");
  if (!installed.has(key)) installed.set(key, installOnce(files, build, env));
  cpSync(await installed.get(key), into, { recursive: true });
}

/** Installs .vsix files where the arguments `folders` of VS Code say. */
export async function install(files, build, env, folders) {
  for (const file of files) {
    const args = [build.main, ...folders, "--install-extension", path.resolve(file)];
    await promisify(execFile)(build.node, args, { env, timeout: 60_000 });
  }
}

/** Links to the few built-in extensions of `build`, in the new folder `into`. */
export function linkFewBuiltIns(into, build) {
  mkdirSync(into);
  for (const name of few) {
    const from = path.join(path.dirname(build.main), "..", "extensions", name);
    if (existsSync(from)) symlinkSync(path.resolve(from), path.join(into, name), "junction");
  }
}

async function installOnce(files, build, env) {
  const work = mkdtempSync(path.join(os.tmpdir(), "plugsmith-installed-"));
  process.on("exit", () => rmSync(work, { recursive: true, force: true }));
  const extensions = path.join(work, "extensions");
  const others = ["user-data", "server-data"].flatMap((name) => [`--${name}-dir`, path.join(work, name)]);
  await install(files, build, env, ["--extensions-dir", extensions, ...others]);
  return extensions;
}
