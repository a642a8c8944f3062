// Where the packaged extension lies.
import { readFileSync } from "node:fs";
import { inProject } from "../support/root.mjs";

/** `plugsmith-<version>.vsix` in the project's folder, whether it is there or not. */
export function vsixPath() {
  const { name, version } = JSON.parse(readFileSync(inProject("package.json"), "utf8"));
  return inProject(`${name}-${version}.vsix`);
}
