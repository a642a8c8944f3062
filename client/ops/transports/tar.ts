// Plugins as plain tar streams, for a `tar` at the other end: written from files, and read back into members.
import { Readable } from "node:stream";
import { Header, type HeaderData, Parser, Pax, type ReadEntry } from "tar";
import type { PluginFile } from "./files.js";

const block = 512;

export interface TarPlan {
  /** Small files of our own that come first, by path. */
  readonly first: Readonly<Record<string, string>>;
  /** The folder that the plugin's files lie in. */
  readonly folder: string;
  readonly files: readonly PluginFile[];
  /** An empty file at the end: where that has arrived, everything has. */
  readonly last: string;
}

/** Owned by the superuser and readable by everybody, whoever packs. */
export function tarOf(plan: TarPlan): Readable {
  return Readable.from(blocks(plan));
}

async function* blocks({ first, folder, files, last }: TarPlan): AsyncGenerator<Uint8Array> {
  for (const [path, text] of Object.entries(first)) yield member(path, Buffer.from(text));
  yield header({ path: `${folder}/`, type: "Directory", mode: 0o755, size: 0 });
  const made = new Set<string>();
  for (const file of files) {
    for (const above of foldersAbove(file.path).filter((one) => !made.has(one))) {
      made.add(above);
      yield header({ path: `${folder}/${above}/`, type: "Directory", mode: 0o755, size: 0 });
    }
    yield member(`${folder}/${file.path}`, await file.read());
  }
  yield member(last, Buffer.alloc(0));
  yield Buffer.alloc(2 * block);
}

function member(path: string, content: Uint8Array): Buffer {
  const size = content.byteLength;
  const padding = Buffer.alloc((block - (size % block)) % block);
  return Buffer.concat([header({ path, type: "File", mode: 0o644, size }), content, padding]);
}

function header(data: HeaderData): Buffer {
  const full = { uid: 0, gid: 0, mtime: new Date(0), ...data };
  const plain = Buffer.alloc(block);
  // Long names stand in a header of their own before it.
  const long = new Header(full).encode(plain, 0);
  return long ? Buffer.concat([new Pax(full).encode(), plain]) : plain;
}

function foldersAbove(file: string): readonly string[] {
  const parts = file.split("/");
  return parts.slice(1).map((_part, at) => parts.slice(0, at + 1).join("/"));
}

/**
 * Gives each file of a tar to `take`, by its path without a leading `./`. Links count by where they lead. What is no tar is told to
 * `onNonsense` as soon as it is seen, and nothing after it is kept.
 */
export function tarReader(
  take: (path: string, content: Buffer) => void,
  onNonsense: () => void,
): {
  write(chunk: Uint8Array): void;
  end(): Promise<void>;
} {
  let failed: unknown;
  const parser = new Parser({
    onReadEntry: (entry: ReadEntry) => {
      const name = entry.path.replace(/^\.\//, "");
      const chunks: Buffer[] = entry.type === "SymbolicLink" ? [Buffer.from(`link ${entry.linkpath ?? ""}`)] : [];
      entry.on("data", (chunk: Buffer) => chunks.push(chunk));
      entry.on("end", () => {
        if (entry.type !== "Directory") take(name, Buffer.concat(chunks));
      });
    },
  });
  const fail = (error: unknown) => {
    if (failed !== undefined) return;
    failed = error;
    onNonsense();
  };
  parser.on("error", fail);
  parser.on("warn", (code, message) => {
    if (code === "TAR_ENTRY_INVALID") fail(new Error(String(message)));
  });
  return {
    write: (chunk) => {
      if (failed === undefined) parser.write(Buffer.from(chunk));
    },
    end: () =>
      new Promise((resolve, reject) => {
        parser.on("end", () => (failed === undefined ? resolve() : reject(failed)));
        parser.end();
      }),
  };
}
