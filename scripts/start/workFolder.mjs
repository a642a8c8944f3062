// The work folder of `npm start`, `.plugsmith/` in the clone: a copy of examples/ to play in, what the local host holds, and
// VS Code's profile. Made anew each time unless it shall be kept.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { inProject } from "../support/root.mjs";

export function prepareWorkFolder({ keep }) {
  const home = inProject(".plugsmith");
  const workspace = path.join(home, "workspace");
  if (!keep)
    for (const name of ["workspace", "host", "vscode"]) rmSync(path.join(home, name), { recursive: true, force: true });
  if (!existsSync(workspace)) cpSync(inProject("examples"), workspace, { recursive: true });
  for (const name of ["host", "vscode"]) mkdirSync(path.join(home, name), { recursive: true });
  return {
    workspace,
    hostFolder: path.join(home, "host"),
    profile: path.join(home, "vscode"),
    configure: (url) => writeHost(workspace, url),
  };
}

/** Names the local host in the workspace's settings; its port differs each time. Other settings stay. */
function writeHost(workspace, url) {
  const file = path.join(workspace, ".vscode", "settings.json");
  mkdirSync(path.dirname(file), { recursive: true });
  const settings = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  const others = (settings["plugsmith.hosts"] ?? []).filter(({ name }) => name !== "local");
  settings["plugsmith.hosts"] = [{ name: "local", system: "buntime", url, level: "local" }, ...others];
  writeFileSync(file, `${JSON.stringify(settings, null, 2)}\n`);
}
