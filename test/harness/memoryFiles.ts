// Files that exist only in a test: a map from absolute path to content behind the service's `Files` interface.

import type { DirectoryEntry, Files } from "../../server/service/index.js";

export interface MemoryFile {
  readonly text: string;
  readonly modified?: number;
}

export function memoryFiles(contents: ReadonlyMap<string, string | MemoryFile>): Files {
  const files = new Map([...contents].map(([path, file]) => [path, typeof file === "string" ? { text: file } : file]));
  const isFolder = (path: string) => [...files.keys()].some((one) => one.startsWith(`${path.replace(/\/$/, "")}/`));
  const kind: Files["kind"] = (path) => (files.has(path) ? "file" : isFolder(path) ? "directory" : "none");
  return {
    kind,
    read: (path) => files.get(path)?.text,
    bytes: (path) => {
      const file = files.get(path);
      return file && new TextEncoder().encode(file.text);
    },
    list: (path) => (kind(path) === "directory" ? entriesOf(path) : undefined),
    stat: (path) => {
      const file = files.get(path);
      return file && { size: file.text.length, modified: file.modified ?? 0 };
    },
    real: (path) => (kind(path) === "none" ? undefined : path),
  };

  function entriesOf(folder: string): DirectoryEntry[] {
    const names = new Map<string, DirectoryEntry>();
    const prefix = `${folder.replace(/\/$/, "")}/`;
    for (const path of files.keys()) {
      if (!path.startsWith(prefix)) continue;
      const [name = "", ...deeper] = path.slice(prefix.length).split("/");
      names.set(name, { name, kind: deeper.length > 0 ? "directory" : "file" });
    }
    return [...names.values()].sort((a, b) => a.name.localeCompare(b.name));
  }
}
