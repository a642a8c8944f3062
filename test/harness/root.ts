// Where the repository lies, for tests that read data files; compiled tests stand in out/test.

import path from "node:path";

export const ROOT = path.resolve(__dirname, "..", "..", "..");
export const fromRoot = (...parts: string[]): string => path.join(ROOT, ...parts);
