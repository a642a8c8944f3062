// The servers that are compared, and how each is started: ours as it is packaged, the peers pinned and installed on
// demand outside of the project's own packages, and the floor. Peers get the same schemas as ours.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { mustRun, npm } from "../support/processes.mjs";
import { inProject, root } from "../support/root.mjs";
import { say, step } from "../support/steps.mjs";

const PEERS = { "yaml-language-server": "1.25.0", "vscode-langservers-extracted": "4.10.0" };
const folder = inProject(".plugsmith", "bench");

/** Minified bundles, as the package has them, in a folder of their own so that dist/ stays as it is. */
export async function ours(given) {
  const dist = path.join(folder, "ours", "dist");
  if (given === undefined) {
    await step("bundling the server", () =>
      mustRun(process.execPath, [inProject("scripts", "build.mjs"), "--minify", `--outdir=${dist}`], { cwd: root }),
    );
  }
  const file = given ?? path.join(dist, "server.js");
  return { name: "plugsmith", version: versionIn(inProject("package.json")), args: [path.resolve(file), "--stdio"] };
}

export const floor = { name: "floor", args: [inProject("scripts", "bench", "floor.mjs")] };

/** The peer for a document of a case; undefined when it couldn't be installed. */
export function peerFor({ languageId, name, schema }) {
  const uri = pathToFileURL(inProject("schemas", schema)).href;
  if (languageId === "json") {
    return peer("vscode-langservers-extracted", "vscode-json", "bin/vscode-json-language-server", {
      pulls: true,
      configuration: {
        json: { validate: { enable: true }, schemas: [{ fileMatch: [name], url: uri, schema: schemaAt(schema) }] },
      },
    });
  }
  return peer("yaml-language-server", "yaml-ls", "bin/yaml-language-server", {
    configuration: {
      yaml: {
        validate: true,
        hover: true,
        completion: true,
        schemas: { [uri]: [name] },
        schemaStore: { enable: false },
      },
    },
  });
}

function peer(packageName, name, bin, more) {
  const home = path.join(folder, "node_modules", packageName);
  if (!existsSync(path.join(home, bin))) return undefined;
  return {
    name,
    version: versionIn(path.join(home, "package.json")),
    args: [path.join(home, bin), "--stdio"],
    ...more,
  };
}

/** Answers whether the peers are there; says why when they can't be. */
export async function ensurePeers() {
  mkdirSync(folder, { recursive: true });
  const missing = Object.entries(PEERS).filter(
    ([name, version]) => versionIn(path.join(folder, "node_modules", name, "package.json")) !== version,
  );
  if (missing.length === 0) return true;
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ private: true, dependencies: PEERS }, null, 2));
  try {
    await step("installing the servers to compare with", () =>
      npm(["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
        cwd: folder,
        seconds: 180,
      }),
    );
    return true;
  } catch (error) {
    say(`they can't be installed, so only ours is measured: ${error.message.split("\n")[0]}`);
    return false;
  }
}

const schemaAt = (name) => JSON.parse(readFileSync(inProject("schemas", name), "utf8"));

function versionIn(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).version;
  } catch {
    return undefined;
  }
}
