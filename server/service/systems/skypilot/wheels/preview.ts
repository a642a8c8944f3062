// The wheels that go to the controllers: each with its size, version and date, and which of the classes that are sent it holds.

import type { PreviewItem, PreviewSection } from "../../preview.js";
import { nearPath } from "../../shownPath.js";
import type { Manifest } from "../../system.js";
import { splitClass } from "../items.js";
import { moduleFinder } from "../python/modules.js";
import { crc32 } from "./crc32.js";
import { moduleEntry, type Wheel, wheelDirectory, wheelEntries } from "./directory.js";

const MAX_WHEELS = 200;

/** `classes`: the class paths of the list that is sent. */
export function wheelSection(manifest: Manifest, path: string | undefined, classes: readonly string[]): PreviewSection {
  const title = "Along with these wheels";
  const none = (why: string, mood: "attention" | undefined): PreviewSection => {
    const isNeeded = mood !== undefined && classes.length > 0;
    const lost = classes.length > 0 ? " Without wheels the list isn't sent either." : "";
    return { title, note: `${why}.${lost}`, rows: [], ...(isNeeded && { mood }) };
  };
  if (path === undefined) return none("controller_wheel_path is not set, so no wheels are sent", "attention");
  const directory = wheelDirectory(path, manifest);
  if (directory === undefined)
    return none(`${path} can't be looked at from here; the server reads it on its own machine`, undefined);
  const where = path.startsWith("~") ? path : nearPath(directory.path, manifest);
  if (directory.kind === "missing") return none(`${where} does not exist, so no wheels are sent`, "attention");
  if (directory.kind === "file") return none(`${where} is a file, so no wheels are sent`, "attention");
  if (directory.wheels.length === 0) return none(`${where} holds no .whl file, so no wheels are sent`, "attention");
  const rows = directory.wheels.slice(0, MAX_WHEELS).map((wheel) => rowOf(wheel, manifest, classes));
  const absent = rows.every(({ notes = [] }) => !notes.some((note) => note.startsWith("holds")));
  const relative = /^[/~]/.test(path)
    ? ""
    : " A relative path counts from the server's working directory; this is the folder of the file.";
  const note = `Every wheel directly in ${where}, needed or not. They land in ~/.sky/plugins/wheels.${relative}`;
  const more =
    directory.wheels.length > MAX_WHEELS ? ` The first ${MAX_WHEELS} of ${directory.wheels.length} are shown.` : "";
  return { title, note: `${note}${more}`, rows, ...(classes.length > 0 && absent && { mood: "attention" as const }) };
}

function rowOf(wheel: Wheel, manifest: Manifest, classes: readonly string[]): PreviewItem {
  const { files } = manifest.workspace;
  const stat = files.stat(wheel.path);
  const version = wheel.name.split("-")[1];
  const facts = [
    version === undefined ? undefined : `version ${version}`,
    stat && sizeOf(stat.size),
    stat && `${new Date(stat.modified).toISOString().slice(0, 16).replace("T", " ")} UTC`,
  ];
  const entries = wheelEntries(wheel, files);
  const notes =
    entries === undefined ? ["its contents can't be read"] : classes.flatMap((one) => noteFor(one, entries, manifest));
  const holds = notes.some((note) => note.startsWith("holds"));
  const isOld = notes.some((note) => note.includes("another text"));
  return {
    label: wheel.name,
    detail: facts.filter((fact) => fact !== undefined).join(" · "),
    notes: notes.length > 0 || classes.length === 0 ? notes : ["has none of the modules that are sent"],
    ...(isOld ? { mood: "attention" as const } : holds && { mood: "good" as const }),
    place: { path: wheel.path },
  };
}

/** A class can't be seen in packed text; the same checksum as the source's says that it is that source. */
function noteFor(
  path: string,
  entries: NonNullable<ReturnType<typeof wheelEntries>>,
  { folder, workspace }: Manifest,
): readonly string[] {
  const parts = splitClass(path);
  const entry = parts && moduleEntry(entries, parts.module);
  if (parts === undefined || entry === undefined) return [];
  const search = moduleFinder(folder, workspace)(parts.module);
  const bytes = search.kind === "found" ? workspace.files.bytes(search.loaded.path) : undefined;
  if (bytes === undefined) return [`holds ${parts.module}, the module of ${parts.name}`];
  if (entry.size === bytes.byteLength && entry.crc32 === crc32(bytes)) return [`holds ${path}, as the source has it`];
  return [`holds ${parts.module}, but another text than the source; raise the version and build it again`];
}

function sizeOf(bytes: number): string {
  return bytes < 1024 ? `${bytes} bytes` : `${Math.round(bytes / 1024)} KB`;
}
