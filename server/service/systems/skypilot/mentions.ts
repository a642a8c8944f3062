// Where a SkyPilot file names things: its plugin classes, which both files of a folder can list, and the wheel directory. A
// class path follows its module's file, and a rename of the class reaches the Python that names it.

import { keyText, type Node } from "../../text/node.js";
import type { Mention } from "../mention.js";
import { namedText } from "../named.js";
import { asMap } from "../read.js";
import type { Manifest } from "../system.js";
import { pluginItems, wheelPathOf } from "./items.js";
import { classHere, sourceOf } from "./listed.js";
import { type FindModule, moduleFinder } from "./python/modules.js";
import { movedModule } from "./python/movedModule.js";
import { namedInPython, refuseClassName } from "./python/renameClass.js";
import { nameSpan } from "./python/source.js";
import { wheelDirectory } from "./wheels/directory.js";

const MAX_LISTED = 500;

export function mentionsIn(manifest: Manifest): readonly Mention[] {
  return [...classes(manifest), ...parameters(manifest), ...wheels(manifest)];
}

export function refuseName(kind: string, name: string): string | undefined {
  return kind === "class" ? refuseClassName(name) : undefined;
}

function classes(manifest: Manifest): Mention[] {
  const find = moduleFinder(manifest.folder, manifest.workspace);
  return pluginItems(manifest)
    .slice(0, MAX_LISTED)
    .flatMap(({ className, classPair }) => {
      if (!className || !classPair?.value) return [];
      return [classMention(manifest, className, classPair.value, find)];
    });
}

function classMention(manifest: Manifest, className: string, node: Node, find: FindModule): Mention {
  const { span, rename, isVerbatim } = namedText(manifest, node);
  const found = classHere(manifest, className, find);
  const text = found && manifest.workspace.files.read(found.module.path);
  if (!found || text === undefined) return { kind: "class", name: className, role: "reference", span };
  const { module } = found;
  const { name } = found.class;
  const elsewhere = (newName: string) => namedInPython(manifest, found, newName);
  const before = className.slice(0, className.length - name.length);
  return {
    kind: "class",
    // Through whichever package it is listed, it is the class of its module.
    name: `${module.name}.${name}`,
    role: "reference",
    span,
    target: { path: module.path, span: nameSpan(text, found.class) },
    moved: (to) => movedClass(className, module.path, to),
    ...(!className.endsWith(`.${name}`)
      ? { isCalledOtherwise: true as const }
      : isVerbatim
        ? { named: [span[1] - name.length, span[1]] as const, rename: (newName) => newName, elsewhere }
        : rename && { rename: (newName) => rename(`${before}${newName}`), elsewhere, shown: name }),
  };
}

/** Leads to the constructor's own parameter; its name stands in Python in too many ways to be renamed from here. */
function parameters(manifest: Manifest): Mention[] {
  const find = moduleFinder(manifest.folder, manifest.workspace);
  return pluginItems(manifest)
    .slice(0, MAX_LISTED)
    .flatMap(({ className, parameters: given }) => {
      const pairs = asMap(given?.value)?.pairs ?? [];
      const builder = pairs.length > 0 && className ? classHere(manifest, className, find)?.judged.builder : undefined;
      const written = (builder && sourceOf(manifest, builder.class, builder.module)?.parameters) ?? [];
      return pairs.flatMap((pair): Mention[] => {
        const name = keyText(pair);
        const start = written.find((one) => one.name === name)?.start;
        if (!builder || !pair.key || name === undefined || start === undefined) return [];
        return [
          {
            kind: "parameter",
            name: `${builder.module.name}.${builder.class.name}.${name}`,
            role: "reference",
            span: namedText(manifest, pair.key).span,
            target: { path: builder.module.path, span: [start, start + name.length] },
          },
        ];
      });
    });
}

function movedClass(path: string, from: string, to: string): string | undefined {
  const dot = path.lastIndexOf(".");
  const module = movedModule(path.slice(0, dot), from, to);
  return module === undefined ? undefined : `${module}${path.slice(dot)}`;
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
