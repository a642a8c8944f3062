// Raises the version of a Python project where it is written: in pyproject.toml, by one at the last number, and nothing else of the file.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { HostError } from "../../hostError.js";
import { writeWhole } from "../local/disk.js";
import { readProject } from "./project.js";

export interface Raised {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

export async function raiseVersion(folder: string): Promise<Raised> {
  const { python } = await readProject(folder);
  const file = path.join(python?.folder ?? folder, "pyproject.toml");
  const text = await readFile(file, "utf8").catch(() => "");
  const from = python?.version;
  const to = from === undefined ? undefined : nextVersion(from);
  if (from === undefined || to === undefined) {
    throw new HostError({
      kind: "unsupported",
      step: "package",
      message:
        from === undefined
          ? "the version does not stand in pyproject.toml"
          : `the version "${from}" does not end in a number`,
      next: "raise it where the build takes it from",
    });
  }
  // Only in the table that was read: other tables may have versions of their own.
  const [before = "", after = ""] = cutAt(text, /^\[project\][ \t]*(?:#.*)?\r?$/m);
  const [table = "", rest = ""] = cutAt(after, /^\[/m);
  const raised = table.replace(/^(version[ \t]*=[ \t]*["'])([^"'\r\n]+)(["'])/m, `$1${to}$3`);
  await writeWhole(file, before + raised + rest, "package");
  return { file, from, to };
}

/** `0.1.0` to `0.1.1`, `1.0rc1` to `1.0rc2`. */
export function nextVersion(version: string): string | undefined {
  const match = /^(.*?)(\d+)$/.exec(version);
  return match === null ? undefined : `${match[1]}${Number(match[2]) + 1}`;
}

/** The text up to the end of what is found first, and the rest; a bracket that begins the next table belongs to the rest. */
function cutAt(text: string, mark: RegExp): readonly [string, string] {
  const match = mark.exec(text);
  if (match === null) return [text, ""];
  const end = match.index + (match[0] === "[" ? 0 : match[0].length);
  return [text.slice(0, end), text.slice(end)];
}
