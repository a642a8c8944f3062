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

/**
 * Suites for the extension host, as the windows that they need: those without a `workspace` of their own are one after the other
 * in one window with a copy of the examples. Only that suite's where `chosen` names one.
 */
export function hostScenarios(chosen) {
  const home = inProject("test", "vscode", "host");
  const suites = readdirSync(home, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && (chosen === undefined || entry.name === chosen))
    .map(({ name }) => ({ name, own: path.join(home, name, "workspace"), files: testsOf(path.join(home, name)) }));
  const examples = suites.filter(({ own }) => !existsSync(own));
  const together = { name: examples.map(({ name }) => name).join(", "), workspace: inProject("examples") };
  return [
    ...(examples.length > 0 ? [{ ...together, files: examples.flatMap(({ files }) => files) }] : []),
    ...suites.filter(({ own }) => existsSync(own)).map(({ own, ...suite }) => ({ ...suite, workspace: own })),
  ];
}

function testsOf(folder) {
  return sourcesUnder(folder).map(compiled);
}

function partOf([folder, kind, ...rest]) {
  if (folder === "ops" && kind === "contract") return "contract";
  // It starts kubectl many hundred times, which takes a large process longer than a small one.
  if (folder === "service" && kind === "openjourney") return "kustomize";
  if (folder !== "vscode") return partOfFolder[folder];
  if (kind === "host") return rest.length > 1 ? "host" : undefined;
  if (kind === "ui")
    return /^preview/.test(rest[0]) ? "previews" : /^(acting|openjourney)\./.test(rest[0]) ? "clusters" : "ui";
  return kind === "setup" ? "setup" : undefined;
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
