// What is in the wheel directory: all of it goes to the controllers, so what is missing, doubled or out of date matters.

import { grouped } from "../../../text/grouped.js";
import type { Fix } from "../../problem.js";
import { placeOf } from "../../read.js";
import type { Manifest, Report, Rule } from "../../system.js";
import { neighbour } from "../facts.js";
import { pluginItems, splitClass, type WheelPath, wheelPathOf } from "../items.js";
import { moduleFinder } from "../python/modules.js";
import type { WheelEntry } from "../wheels/archive.js";
import { crc32 } from "../wheels/crc32.js";
import { moduleEntry, type Wheel, type WheelDirectory, wheelDirectory, wheelEntries } from "../wheels/directory.js";

const QUIET = "Nothing is uploaded, neither wheels nor the list of plugins, and launches go on";

export const wheelRules: readonly Rule[] = [
  {
    code: "skypilot/wheel-directory-missing",
    severity: "warning",
    title: "the wheel directory doesn't exist",
    host: `At each controller launch the log has a warning with the path. ${QUIET}. Only reported for paths that can be looked at: in the workspace, or beside ~/.sky/plugins.yaml.`,
    fix: "build the wheels into it (python -m build --wheel -o <directory>), or correct the path",
    documents: ["plugins"],
    check: missing,
  },
  {
    code: "skypilot/wheel-directory-file",
    severity: "warning",
    title: "the wheel directory is a file",
    host: `The log says "not a directory". ${QUIET}.`,
    fix: "name the directory that holds the wheels",
    documents: ["plugins"],
    check: isFile,
  },
  {
    code: "skypilot/wheel-directory-empty",
    severity: "warning",
    title: "no wheels directly in the wheel directory",
    host: `The server looks for *.whl directly inside, case-sensitively, not in folders below; finding none is a debug line. ${QUIET}.`,
    fix: "build a wheel into it: python -m build --wheel, or pip wheel --no-deps -w <directory> .",
    documents: ["plugins"],
    check: empty,
  },
  {
    code: "skypilot/wheel-distribution-twice",
    severity: "warning",
    title: "two wheels of one distribution",
    host: "Both go up and are installed in no particular order; they displace each other at every launch, since the controller knows a distribution by the text before the first dash of the file name.",
    fix: "keep the newest wheel of each distribution",
    documents: ["plugins"],
    check: twice,
  },
  {
    code: "skypilot/wheel-outdated",
    severity: "warning",
    title: "the wheel is older than the module in it",
    host: "Controllers get the wheel, not the source. A controller also skips a wheel whose file name it has seen, so a rebuilt wheel of unchanged version never reaches it.",
    fix: "raise the version and build the wheel again",
    check: outdated,
  },
  {
    code: "skypilot/wheel-without-module",
    severity: "warning",
    title: "no wheel holds the module of a controller plugin",
    host: "The controller installs the wheels and imports the listed classes; a module that is in none of them fails there unless its image has it, and with it the managed job's start.",
    fix: "build the wheel of the plugin into the wheel directory",
    check: withoutModule,
  },
];

interface Seen {
  readonly path: WheelPath;
  readonly text: string;
  readonly directory: WheelDirectory;
}

function look(manifest: Manifest): Seen | undefined {
  const path = wheelPathOf(manifest);
  if (!path?.text) return undefined;
  const directory = wheelDirectory(path.text, manifest);
  return directory && { path, text: path.text, directory };
}

/** A path that is told to be a wheel file or to hold a variable needs no second word. */
const isTold = (text: string): boolean => /\.whl$/i.test(text) || /\$(\w|\{)|^%/.test(text);

/** Where a relative path leads on the server nobody knows, and that is told: no folder here is no second mistake. */
const isRelative = (text: string): boolean => !/^[/~]/.test(text);

function missing(manifest: Manifest, report: Report): void {
  const seen = look(manifest);
  if (seen?.directory.kind !== "missing" || isTold(seen.text) || isRelative(seen.text)) return;
  report(
    placeOf(seen.path.pair),
    `"${seen.text}" does not exist, and without it nothing is uploaded to controllers; build the wheels into it or correct the path`,
  );
}

function isFile(manifest: Manifest, report: Report): void {
  const seen = look(manifest);
  if (seen?.directory.kind !== "file" || isTold(seen.text)) return;
  report(
    placeOf(seen.path.pair),
    `"${seen.text}" is a file, but the server wants a directory of wheels and uploads nothing; name its directory`,
  );
}

function empty(manifest: Manifest, report: Report): void {
  const seen = look(manifest);
  if (seen?.directory.kind !== "directory" || seen.directory.wheels.length > 0) return;
  const nearly = seen.directory.others.find((name) => /\.whl$/i.test(name));
  const step = nearly ? `"${nearly}" must end in .whl in small letters` : "build a wheel into it";
  report(
    placeOf(seen.path.pair),
    `"${seen.text}" has no .whl file directly inside, so nothing is uploaded to controllers; ${step}`,
  );
}

/** The other wheels go; where two are of one time nobody knows which is newer. */
function onlyNewest({ workspace: { files: disk } }: Manifest, wheels: readonly Wheel[]): Fix[] {
  const madeAt = ({ path }: Wheel) => disk.stat(path)?.modified ?? 0;
  const [newest, next] = wheels.toSorted((a, b) => madeAt(b) - madeAt(a));
  if (!newest || !next || madeAt(newest) === madeAt(next)) return [];
  const files = wheels.filter((one) => one !== newest).map(({ path }) => ({ remove: path }));
  return [{ title: `Keep ${newest.name}, the newest`, edits: [], files }];
}

function twice(manifest: Manifest, report: Report): void {
  const seen = look(manifest);
  if (seen?.directory.kind !== "directory") return;
  for (const [distribution, wheels] of grouped(seen.directory.wheels, (wheel) => [wheel.distribution])) {
    if (wheels.length < 2) continue;
    const names = wheels.slice(0, 4).map(({ name }) => name);
    report(
      placeOf(seen.path.pair),
      `"${seen.text}" holds ${wheels.length} wheels of "${distribution}" (${names.join(", ")}${wheels.length > 4 ? ", …" : ""}); they displace each other at every launch, keep the newest`,
      { fixes: onlyNewest(manifest, wheels) },
    );
  }
}

interface Shipped {
  readonly module: string;
  readonly place: ReturnType<typeof placeOf>;
  readonly wheels: readonly Wheel[];
}

const MAX_WHEELS = 50;
const MAX_CLASSES = 200;

/** Classes that this file sends to controllers, with the wheels that go along. */
function shipped(manifest: Manifest): readonly Shipped[] {
  const isRemote = manifest.kind.id === "remote-plugins";
  const text = isRemote ? neighbourPath(manifest) : wheelPathOf(manifest)?.text;
  const directory = text ? wheelDirectory(text, manifest) : undefined;
  if (directory?.kind !== "directory" || directory.wheels.length === 0 || directory.wheels.length > MAX_WHEELS)
    return [];
  return pluginItems(manifest)
    .slice(0, MAX_CLASSES)
    .flatMap(({ className, classPair, isUploaded }) => {
      const module = className === undefined ? undefined : splitClass(className)?.module;
      if (module === undefined || !classPair || !/^[\w.]+$/.test(module)) return [];
      return isRemote || isUploaded ? [{ module, place: placeOf(classPair), wheels: directory.wheels }] : [];
    });
}

function neighbourPath(manifest: Manifest): string | undefined {
  const plugins = neighbour(manifest, "plugins");
  return typeof plugins === "object" ? plugins.facts.wheelPath || undefined : undefined;
}

/** Contents of each wheel, read at most once in a check. */
function wheelReader({ workspace }: Manifest): (wheel: Wheel) => readonly WheelEntry[] | undefined {
  const known = new Map<string, { readonly entries: readonly WheelEntry[] | undefined }>();
  return (wheel) => {
    const read = known.get(wheel.path) ?? { entries: wheelEntries(wheel, workspace.files) };
    known.set(wheel.path, read);
    return read.entries;
  };
}

function outdated(manifest: Manifest, report: Report): void {
  const { files } = manifest.workspace;
  const find = moduleFinder(manifest.folder, manifest.workspace);
  const entriesOf = wheelReader(manifest);
  for (const { module, place, wheels } of shipped(manifest)) {
    const search = find(module);
    if (search.kind !== "found") continue;
    const source = files.stat(search.loaded.path);
    const bytes = files.bytes(search.loaded.path);
    if (!source || !bytes) continue;
    for (const wheel of wheels) {
      const built = files.stat(wheel.path);
      const entry = moduleEntry(entriesOf(wheel) ?? [], module);
      if (!built || !entry?.name.endsWith(".py") || built.modified >= source.modified) continue;
      if (entry.size === bytes.byteLength && entry.crc32 === crc32(bytes)) continue;
      report(
        place,
        `"${wheel.name}" holds an older "${module}" than the source, and controllers get the wheel; raise the version and build it again`,
        {
          related: [{ message: `the source of "${module}"`, path: search.loaded.path, span: [0, 0] }],
        },
      );
    }
  }
}

function withoutModule(manifest: Manifest, report: Report): void {
  const entriesOf = wheelReader(manifest);
  for (const { module, place, wheels } of shipped(manifest)) {
    if (module === "sky" || module.startsWith("sky.")) continue;
    const contents = wheels.map(entriesOf);
    // One wheel that can't be read may be the one; an editable wheel points elsewhere by a .pth file.
    if (contents.some((entries) => !entries || entries.some(({ name }) => name.endsWith(".pth")))) continue;
    if (contents.some((entries) => entries && moduleEntry(entries, module))) continue;
    const names = wheels.slice(0, 3).map(({ name }) => name);
    report(
      place,
      `no wheel for the controllers holds the module "${module}" (${names.join(", ")}${wheels.length > 3 ? ", …" : ""}), so it fails to load there unless the image has it; build its wheel into the wheel directory`,
    );
  }
}
