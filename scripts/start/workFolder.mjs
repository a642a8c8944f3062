// The work folder of `npm start`: a copy of examples/ to play in, what the local host holds, and VS Code's profile.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { inProject } from "../support/root.mjs";

/** `.plugsmith/` in the clone, made anew unless the last one shall be kept. */
export function lastingWorkFolder({ keep }) {
  const home = inProject(".plugsmith");
  if (!keep) rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  return fill(home);
}

/** One of its own, so that nothing of the user's is touched; `remove` it at the end. */
export function passingWorkFolder() {
  const home = mkdtempSync(path.join(os.tmpdir(), "plugsmith-start-"));
  return { ...fill(home), remove: () => rmSync(home, { recursive: true, force: true, maxRetries: 5 }) };
}

function fill(home) {
  const [workspace, hostFolder, profile] = ["workspace", "host", "vscode"].map((name) => path.join(home, name));
  if (!existsSync(workspace)) cpSync(inProject("examples"), workspace, { recursive: true });
  for (const folder of [hostFolder, profile]) mkdirSync(folder, { recursive: true });
  return { workspace, hostFolder, profile };
}

/** Names the local host in the workspace's settings, since its port differs each time; everything else there stays. */
export async function nameHost(workspace, url) {
  const { applyEdits, modify, parse } = await import("jsonc-parser");
  const file = path.join(workspace, ".vscode", "settings.json");
  mkdirSync(path.dirname(file), { recursive: true });
  const text = existsSync(file) ? readFileSync(file, "utf8") : "{}\n";
  const others = (parse(text)?.["plugsmith.hosts"] ?? []).filter(({ name }) => name !== "local");
  const hosts = [{ name: "local", system: "buntime", url, level: "local" }, ...others];
  const formattingOptions = { insertSpaces: true, tabSize: 2 };
  writeFileSync(file, applyEdits(text, modify(text, ["plugsmith.hosts"], hosts, { formattingOptions })));
}
