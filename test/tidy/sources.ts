// The project's own files as the tidy tests read them: what git tracks or would track.

import { execFileSync } from "node:child_process";
import fs from "node:fs";
import { fromRoot, ROOT } from "../harness/root.js";

/** Paths relative to the root, with "/" separators. Without git (an unpacked archive) the folders are walked. */
export function projectFiles(): readonly string[] {
  try {
    const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
      cwd: ROOT,
      encoding: "utf8",
    });
    return listed.split("\n").filter((name) => name !== "" && fs.existsSync(fromRoot(name)));
  } catch {
    const folders = ["client", "docs", "examples", "schemas", "scripts", "server", "snippets", "test"];
    return folders.flatMap((folder) =>
      fs.readdirSync(fromRoot(folder), { recursive: true, encoding: "utf8" }).map((name) => `${folder}/${name}`),
    );
  }
}

export const read = (name: string): string => fs.readFileSync(fromRoot(name), "utf8");

/** Module names that a TypeScript file imports, type imports included. */
export function importsOf(source: string): readonly string[] {
  const found = source.matchAll(
    /(?:^|\n)\s*(?:import|export)\b[^;'"]*?from\s*["']([^"']+)["']|(?:^|\n)\s*import\s*["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)|\brequire\(\s*["']([^"']+)["']\s*\)/g,
  );
  return [...found].map((match) => match[1] ?? match[2] ?? match[3] ?? match[4] ?? "");
}
