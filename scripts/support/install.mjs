// Installs the packages of package-lock.json when they are missing or others than it names. Uses Node's own modules
// only, since this is what runs first in a bare clone. Install scripts never run: nothing here needs one.
import { readFileSync } from "node:fs";
import { npm } from "./processes.mjs";
import { inProject, root } from "./root.mjs";
import { step } from "./steps.mjs";

/** Makes `node_modules` what package-lock.json says; does nothing when it already is. */
export async function ensureInstalled() {
  needsNode(20, 19);
  if (isInstalled()) return;
  await step("installing packages (npm ci --ignore-scripts)", () =>
    npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: root }),
  );
}

function needsNode(major, minor) {
  const [ours = 0, oursMinor = 0] = process.versions.node.split(".").map(Number);
  if (ours > major || (ours === major && oursMinor >= minor)) return;
  throw new Error(`Node.js ${process.versions.node} is too old; install Node.js ${major}.${minor} or newer`);
}

/** npm records what it installed in `node_modules/.package-lock.json`; optional packages depend on the platform. */
function isInstalled() {
  const wanted = packagesIn(inProject("package-lock.json"));
  const present = packagesIn(inProject("node_modules", ".package-lock.json"));
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(
    ([path, { version, optional, link }]) => path === "" || optional || link || present[path]?.version === version,
  );
}

function packagesIn(lockFile) {
  try {
    return JSON.parse(readFileSync(lockFile, "utf8")).packages;
  } catch {
    return undefined; // absent, or cut short by an interrupted install
  }
}
