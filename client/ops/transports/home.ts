// Paths as people write them in settings: `~/` is the user's home.
import { homedir } from "node:os";
import path from "node:path";

export function fromHome(file: string): string {
  return file === "~" || /^~[\\/]/.test(file) ? path.join(homedir(), file.slice(2)) : file;
}
