// A program of its own that installs a plugin and stops in the middle, so that a test can kill it there: `slowWriter DIR CALL`.
// With "writeFile" it hangs while it writes the new files, with "rename" once the old ones are moved aside.
import nodeDisk from "node:fs/promises";
import type { Disk } from "../../../client/ops/transports/directory/disk.js";
import { openDirectory } from "../../../client/ops/transports/directory/index.js";

const [, , directory = "", call = ""] = process.argv;
let count = 0;

async function hang(name: string): Promise<void> {
  if (name === call) count += 1;
  if (name !== call || count !== 2) return;
  process.send?.("in the middle");
  await new Promise((resolve) => setTimeout(resolve, 20_000));
}

const files = ["manifest.yaml", "a", "b"].map((path) => ({
  path,
  bytes: 1,
  read: async () => Buffer.from("new"),
}));

const disk: Disk = {
  ...nodeDisk,
  writeFile: (file, content) => hang("writeFile").then(() => nodeDisk.writeFile(file, content)),
  rename: (from, to) => hang("rename").then(() => nodeDisk.rename(from, to)),
};

void openDirectory({ directory, disk }).install("hello", files, new AbortController().signal);
