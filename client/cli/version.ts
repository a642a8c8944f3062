// The version of this package, read from the package.json above the running file.

import fs from "node:fs";
import path from "node:path";
import { isRecord } from "./settings.js";

export function version(): string {
  for (let folder = __dirname; folder !== path.dirname(folder); folder = path.dirname(folder)) {
    const file = path.join(folder, "package.json");
    if (!fs.existsSync(file)) continue;
    const manifest: unknown = JSON.parse(fs.readFileSync(file, "utf8"));
    if (isRecord(manifest) && manifest.name === "plugsmith") return String(manifest.version);
  }
  return "unknown";
}
