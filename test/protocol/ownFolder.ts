// A folder on the disk for each test.

import fs from "node:fs";
import os from "node:os";
import path from "node:path";

export interface OwnFolder {
  /** Where it really is, with "/" separators. */
  readonly path: string;
  /** A path in it. */
  at(name: string): string;
  /** Folders on the way are made. */
  write(name: string, text: string): void;
}

/** To be called inside `describe`; the folder goes after each test. */
export function ownFolder(): OwnFolder {
  let folder = "";
  const at = (name: string) => `${folder}/${name}`;
  beforeEach(() => {
    folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "plugsmith-protocol-"))).replace(/\\/g, "/");
  });
  afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));
  return {
    get path() {
      return folder;
    },
    at,
    write: (name, text) => {
      fs.mkdirSync(path.dirname(at(name)), { recursive: true });
      fs.writeFileSync(at(name), text);
    },
  };
}
