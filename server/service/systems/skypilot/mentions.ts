// Where a SkyPilot file names things: its plugin classes, which both files of a folder can list, and the wheel directory. A
// class path follows its module's file; no rename of the class: what else of the Python names it isn't known here.

import type { Mention } from "../mention.js";
import { namedText } from "../named.js";
import type { Manifest } from "../system.js";
import { pluginItems, wheelPathOf } from "./items.js";
import { classHere } from "./listed.js";
import { type FindModule, moduleFinder } from "./python/modules.js";
import { movedModule } from "./python/movedModule.js";
import { nameSpan } from "./python/source.js";
import { wheelDirectory } from "./wheels/directory.js";

const MAX_LISTED = 500;

export function mentionsOf(manifest: Manifest): readonly Mention[] {
  return [...classes(manifest), ...wheels(manifest)];
}

function classes(manifest: Manifest): Mention[] {
  const find = moduleFinder(manifest.folder, manifest.workspace);
  return pluginItems(manifest)
    .slice(0, MAX_LISTED)
    .flatMap(({ className, classPair }) => {
      if (!className || !classPair?.value) return [];
      const { span } = namedText(manifest, classPair.value);
      const target = targetOf(manifest, className, find);
      const moved = target && ((to: string) => movedClass(className, target.path, to));
      return [
        { kind: "class", name: className, role: "reference", span, ...(target && { target }), ...(moved && { moved }) },
      ];
    });
}

function movedClass(path: string, from: string, to: string): string | undefined {
  const dot = path.lastIndexOf(".");
  const module = movedModule(path.slice(0, dot), from, to);
  return module === undefined ? undefined : `${module}${path.slice(dot)}`;
}

function targetOf(manifest: Manifest, path: string, find: FindModule): Mention["target"] {
  const found = classHere(manifest, path, find);
  const text = found && manifest.workspace.files.read(found.module.path);
  return found && text !== undefined ? { path: found.module.path, span: nameSpan(text, found.class) } : undefined;
}

/** Leads to the newest wheel: a folder can't be opened. */
function wheels(manifest: Manifest): Mention[] {
  const written = wheelPathOf(manifest);
  const directory = written?.text ? wheelDirectory(written.text, manifest) : undefined;
  if (!written?.pair.value || !directory || directory.kind === "missing") return [];
  const { span } = namedText(manifest, written.pair.value);
  const { files } = manifest.workspace;
  const age = (path: string) => files.stat(path)?.modified ?? 0;
  const paths = directory.kind === "directory" ? directory.wheels.map(({ path }) => path) : [directory.path];
  const [newest] = [...paths].sort((a, b) => age(b) - age(a));
  const target = newest === undefined ? {} : { target: { path: newest } };
  return [{ kind: "file", name: directory.path, role: "reference", span, ...target }];
}
