// Places in a host's log that are files here: paths of a plugin's files on the host, with line and column where they stand. Pure.

export interface LoggedPlugin {
  readonly name: string;
  /** Folder of the plugin here, without a final slash; of whatever form, it is only put before the path. */
  readonly root: string;
}

export interface LogLink {
  /** In the line. */
  readonly start: number;
  readonly length: number;
  /** `root`, a slash, and the path below it. */
  readonly file: string;
  /** From 1. */
  readonly line?: number;
  readonly column?: number;
}

/** Hosts import a copy of the entry beside it: `.buntime-plugin-0123456789abcdef.js` is `plugin.js`. */
const copies = /(^|\/)\.buntime-([^/]+)-[0-9a-f]{16}(\.[a-z]+)$/;

/**
 *     at load (/data/plugins/@acme/notes/dist/plugin.js:12:3)
 *              ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
 */
export function linksIn(line: string, plugins: readonly LoggedPlugin[]): readonly LogLink[] {
  const found: LogLink[] = [];
  for (const match of line.matchAll(/(?:file:\/\/)?(\/[^\s"'()[\]<>:,;]+)(?::(\d+))?(?::(\d+))?/g)) {
    const [whole, path = "", row, column] = match;
    const place = placeOf(path, plugins);
    if (place === undefined) continue;
    found.push({
      start: match.index,
      length: whole.length,
      file: place,
      ...(row === undefined ? {} : { line: Number(row) }),
      ...(column === undefined ? {} : { column: Number(column) }),
    });
  }
  return found;
}

function placeOf(path: string, plugins: readonly LoggedPlugin[]): string | undefined {
  for (const { name, root } of plugins) {
    const at = path.indexOf(`/${name}/`);
    if (at < 0) continue;
    const below = path.slice(at + name.length + 2).replace(copies, "$1$2$3");
    if (below !== "" && !below.split("/").includes("..")) return `${root}/${below}`;
  }
  return undefined;
}
