// The folder of the project, whatever the working directory of the caller is.
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..", "..");

/** A path inside the project: `inProject("dist", "cli.js")`. */
export const inProject = (...names) => path.join(root, ...names);
