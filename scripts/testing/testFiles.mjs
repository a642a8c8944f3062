// Which test files there are and to which ring each belongs, by its place under test/. The list is made from the sources,
// so a compiled file whose source has gone is never run.
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { inProject } from "../support/root.mjs";

/** First folder under test/ -> part of a ring (see parts.mjs). */
const partOfFolder = {
  tidy: "tidy",
  harness: "service",
  service: "service",
  ops: "ops",
  cli: "cli",
  client: "client",
  workspace: "protocol",
  protocol: "protocol",
};

/** Part -> compiled test files; a file that belongs nowhere is an error, since it would silently not run. */
export function testFilesByPart() {
  const files = {};
  for (const source of sourcesUnder(inProject("test"))) {
    const part = partOf(path.relative(inProject("test"), source).split(path.sep));
    if (part === undefined) {
      throw new Error(
        `${path.relative(inProject(), source)} belongs to no ring; name its folder in scripts/testing/testFiles.mjs`,
      );
    }
    files[part] ??= [];
    files[part].push(compiled(source));
  }
  return files;
}

/** Suites for the extension host: one folder, one window. `workspace` is what the window opens a copy of. */
export function hostScenarios() {
  const home = inProject("test", "vscode", "host");
  const folders = existsSync(home)
    ? readdirSync(home, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    : [];
  return folders.map(({ name }) => {
    const own = path.join(home, name, "workspace");
    const workspace = existsSync(own) ? own : inProject("examples");
    return { name, workspace, files: sourcesUnder(path.join(home, name)).map(compiled) };
  });
}

function partOf([folder, kind, ...rest]) {
  if (folder === "ops" && kind === "contract") return "contract";
  if (folder !== "vscode") return partOfFolder[folder];
  if (kind === "host") return rest.length > 1 ? "host" : undefined;
  return { ui: "ui", setup: "setup" }[kind];
}

function sourcesUnder(folder) {
  const names = readdirSync(folder, { recursive: true });
  return names
    .filter((name) => name.endsWith(".test.ts"))
    .sort()
    .map((name) => path.join(folder, name));
}

function compiled(source) {
  return inProject("out", path.relative(inProject(), source).replace(/\.ts$/, ".js"));
}
