// From an object of a rendering to the place that it was written: code lenses above each object and "Go to Definition".

import {
  CodeLens,
  type Disposable,
  EventEmitter,
  Location,
  languages,
  Position,
  Range,
  type TextDocument,
  Uri,
  workspace,
} from "vscode";
import { type Origin, objectsIn, type RenderedObject } from "../../ops/index.js";
import { textScheme } from "../../textDocuments.js";

export interface Shown {
  readonly objects: readonly RenderedObject[];
  readonly origins: ReadonlyMap<string, Origin>;
  /** Lines above the objects. */
  readonly head: number;
}

export interface Sources extends Disposable {
  changed(): void;
}

export function offerSources(document: Uri, now: () => Shown | undefined): Sources {
  const changed = new EventEmitter<void>();
  const selector = { scheme: textScheme, pattern: document.path };
  const isIt = ({ uri }: TextDocument) => uri.toString() === document.toString();
  const lenses = (of: TextDocument) => {
    const shown = now();
    if (shown === undefined || !isIt(of)) return [];
    const top = new Range(0, 0, 0, 0);
    const compare = [
      new CodeLens(top, { title: "Compare with Previous", command: "plugsmith.compareRender", arguments: [document] }),
      new CodeLens(top, { title: "Compare with Cluster", command: "plugsmith.compareCluster", arguments: [document] }),
    ];
    return [...(shown.objects.length > 0 ? compare : []), ...shown.objects.flatMap((object) => lensOf(object, shown))];
  };
  const definition = async (of: TextDocument, at: Position) => {
    const shown = now();
    const line = at.line - (shown?.head ?? 0);
    const object = shown?.objects.findLast(({ first }) => first <= line);
    const origin = object && shown?.origins.get(object.key);
    return isIt(of) && object && origin ? placeOf(object, origin) : undefined;
  };
  const listening = [
    changed,
    languages.registerCodeLensProvider(selector, { onDidChangeCodeLenses: changed.event, provideCodeLenses: lenses }),
    languages.registerDefinitionProvider(selector, { provideDefinition: definition }),
  ];
  return {
    changed: () => changed.fire(),
    dispose: () => {
      for (const one of listening) one.dispose();
    },
  };
}

function lensOf(object: RenderedObject, { origins, head }: Shown): CodeLens[] {
  const origin = origins.get(object.key);
  if (origin === undefined) return [];
  const line = object.first + head;
  const file = workspace.asRelativePath(Uri.file(origin.path));
  const title = origin.by === undefined ? file : `${origin.by} in ${file}`;
  const range = new Range(line, 0, line, 0);
  const source = { ...origin, kind: object.kind, name: object.name };
  return [new CodeLens(range, { title, command: "plugsmith.openSource", arguments: [source] })];
}

/** The document of that kind whose name the rendered one was made of; for what is generated, its entry. */
export async function placeOf(
  { kind, name }: Pick<RenderedObject, "kind" | "name">,
  origin: Origin,
): Promise<Location> {
  const uri = Uri.file(origin.path);
  const text = (await workspace.openTextDocument(uri)).getText();
  return new Location(uri, new Position(lineOf(text, kind, name, origin.by !== undefined), 0));
}

function lineOf(text: string, kind: string, name: string, isGenerated: boolean): number {
  if (isGenerated) {
    const lines = text.split("\n");
    const own = lines.findIndex((line) => {
      const written = /^\s*(?:-\s+)?name:\s*["']?([^"'\s#]+)/.exec(line)?.[1];
      return written !== undefined && name.includes(written);
    });
    return Math.max(own, 0);
  }
  const objects = objectsIn(text).filter((object) => object.kind === kind && name.includes(object.name));
  const longest = [...objects].sort((a, b) => b.name.length - a.name.length)[0];
  return longest?.first ?? 0;
}
