// Plain JavaScript in place of the two native modules of VS Code that would need a compiler. Without the logger, log files
// and with them all output channels stay empty; without the watchdog every window logs an error.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

export function writeStandIns(modules, { watchdog }) {
  write(modules, "@vscode/spdlog", loggerStandIn());
  write(modules, watchdog, "exports.start = () => {};\nexports.exit = (code) => process.exit(code);\n");
}

/** Source text of the logger; part of the recipe of an installation. */
export function loggerStandIn() {
  return readFileSync(new URL("./loggerStandIn.cjs", import.meta.url), "utf8");
}

function write(modules, name, code) {
  const folder = path.join(modules, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ name, version: "0.0.0", main: "index.js" }));
  writeFileSync(path.join(folder, "index.js"), code);
}
