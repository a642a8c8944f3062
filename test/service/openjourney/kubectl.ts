// The genuine kubectl: one build of a fixture, or of several at once.

import { execFile, execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import type { Fixture } from "../../harness/fixture.js";

export function kubectlVersion(): string | undefined {
  try {
    return execFileSync("kubectl", ["version", "--client"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  } catch {
    return undefined;
  }
}

/** Builds the fixture's first file's folder; the error text when that fails. */
export function build(folder: string, fixture: Fixture): Promise<string | undefined> {
  return kustomize(path.join(folder, written(folder, fixture)));
}

/**
 * Builds all of them as one kustomization, each below a prefix of its own:
 *
 *     resources:
 *     - 0/prefixed   # namePrefix: of-0-, and of resources the fixture's folder
 *     - 1/prefixed
 *
 * Where that succeeds, so does each alone, unless it has what only the top kustomization is asked for (`isOfTop`). Where it fails,
 * they may still build alone: objects without a prefix, like a Namespace, must differ.
 */
export function buildTogether(folder: string, fixtures: readonly Fixture[]): Promise<string | undefined> {
  for (const [at, fixture] of fixtures.entries()) {
    const own = path.join(folder, String(at));
    const resource = `../${written(own, fixture)}`;
    write(path.join(own, "prefixed", "kustomization.yaml"), `namePrefix: of-${at}-\nresources:\n- ${resource}\n`);
  }
  const entries = fixtures.map((_, at) => `- ${at}/prefixed\n`);
  write(path.join(folder, "kustomization.yaml"), `resources:\n${entries.join("")}`);
  return kustomize(folder);
}

/** Whether it has fields that kustomize reads in the kustomization that is built and in no base of it. */
export function isOfTop({ files }: Fixture): boolean {
  return /openapi|sortOptions|buildMetadata/i.test(files[0]?.text ?? "");
}

/** Answers the folder of the first file below this one. */
function written(folder: string, { files }: Fixture): string {
  for (const file of files) write(path.join(folder, file.path), file.text);
  return path.posix.relative("/", path.posix.dirname(files[0]?.path ?? "/"));
}

function write(file: string, text: string): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
}

function kustomize(folder: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile("kubectl", ["kustomize", folder], { timeout: 20_000 }, (error, _stdout, stderr) => {
      resolve(error ? stderr.slice(0, 600) || String(error) : undefined);
    });
  });
}
