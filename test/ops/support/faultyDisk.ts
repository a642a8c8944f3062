// A disk on which one kind of call fails.
import nodeDisk from "node:fs/promises";
import type { Disk } from "../../../client/ops/transports/directory/disk.js";

/** A disk on which one kind of call fails from its nth time on, for so many times. */
export function faultyDisk(
  call: "mkdir" | "writeFile" | "chmod" | "rename",
  from: number,
  code: string,
  times = 1,
): Disk {
  let count = 0;
  const fail = () => {
    count += 1;
    if (count >= from && count < from + times) throw Object.assign(new Error(code), { code });
  };
  const counted = async (name: string) => {
    if (name === call) fail();
  };
  return {
    ...nodeDisk,
    mkdir: (folder, options) => counted("mkdir").then(() => nodeDisk.mkdir(folder, options)),
    writeFile: (file, content) => counted("writeFile").then(() => nodeDisk.writeFile(file, content)),
    chmod: (file, mode) => counted("chmod").then(() => nodeDisk.chmod(file, mode)),
    rename: (from, to) => counted("rename").then(() => nodeDisk.rename(from, to)),
  };
}
