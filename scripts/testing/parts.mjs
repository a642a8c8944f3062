// The parts of `npm test`: to which ring each belongs, how it runs, and how long it may take at most (in seconds). A part
// is one check by a command, or the tests of Mocha that its results file lists.
import process from "node:process";
import { inProject } from "../support/root.mjs";
import { canRun, newestBuild, oldestBuild } from "../vscode/builds.mjs";
import { testFilesByPart } from "./testFiles.mjs";

const node = process.execPath;

/** In the order in which they begin: from ring 1 on two at a time, the longest first. Ring "build" is needed by all others and always runs. */
export function allParts() {
  const files = testFilesByPart();
  return [
    check("build", "types", [node, inProject("node_modules", "typescript", "bin", "tsc"), "-b"], 240),
    check("build", "package", [node, inProject("scripts", "package.mjs")], 120),
    check(
      "check",
      "format and lint",
      [node, inProject("node_modules", "@biomejs", "biome", "bin", "biome"), "check", "."],
      60,
    ),
    mocha("check", "tidy", files, 60),
    mocha("1", "service", files, 900),
    mocha("2", "contract", files, 1200),
    mocha("2", "ops", files, 900),
    mocha("2", "cli", files, 600),
    mocha("1", "kustomize", files, 600),
    ...(files.client ? [mocha("2", "client", files, 180)] : []),
    mocha("3", "protocol", files, 400),
    // What is driven through a window, in parts of about the same length.
    mocha("4", "previews", files, 1200),
    mocha("4", "ui", files, 1200),
    mocha("4", "clusters", files, 1200),
    ...[newestBuild, oldestBuild].map(hostSuite),
    ...(files.setup ? [mocha("4", "setup", files, 400)] : []),
  ];
}

export const rings = ["build", "check", "1", "2", "3", "4"];

function check(ring, name, command, seconds) {
  return { ring, name, command, seconds, counts: "command" };
}

function mocha(ring, name, files, seconds) {
  const program = inProject("node_modules", "mocha", "bin", "mocha.js");
  const patience = ring === "4" ? "120000" : "30000"; // a slow machine is no failure
  const options = ["--reporter", inProject("scripts", "testing", "reporter.cjs"), "--timeout", patience];
  // A window that is not ours may lose a click; what was tried again is said aloud.
  const isDriven = ["previews", "ui", "clusters"].includes(name);
  if (isDriven) options.push("--retries", "1");
  const env = isDriven ? { PLUGSMITH_PICTURES: "of failures" } : {};
  const chosen = files[name] ?? [];
  if (chosen.length === 0) return { ring, name, impossible: "there are no test files", seconds };
  return { ring, name, command: [node, program, ...options, ...chosen], env, seconds, counts: "tests" };
}

function hostSuite(build) {
  const name = `extension host ${build}`;
  if (!canRun(build))
    return { ring: "4", name, skip: `VS Code build ${build} runs on Node.js 22 or 24 only`, seconds: 0 };
  const command = [node, inProject("scripts", "vscode", "runHostSuite.mjs"), "--build", build];
  return { ring: "4", name, command, seconds: 900, counts: "tests" };
}
