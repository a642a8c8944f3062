// The kustomize preview: the rendered objects as a read-only document beside the source. It follows edits, saved or not; when
// the text does not build, the last that did stays, and the error is shown at its place in the source.

import { existsSync, statSync } from "node:fs";
import path from "node:path";
import {
  Diagnostic,
  DiagnosticSeverity,
  type Disposable,
  languages,
  Position,
  Range,
  TabInputText,
  type TextDocument,
  Uri,
  ViewColumn,
  window,
  workspace,
} from "vscode";
import type { PreviewSection } from "../../../server/service/index.js";
import type { App } from "../../app.js";
import { setting } from "../../configuration.js";
import { HostError, objectsIn, type Rendered, renderKustomization } from "../../ops/index.js";
import { executablesOf } from "../../settings.js";
import { settled } from "../../settled.js";
import { textScheme } from "../../textDocuments.js";
import { createEnding } from "../ending.js";
import { failureText } from "../failure.js";
import type { OpenPreview, PreviewRow, Subject } from "../preview.js";
import { placeOfError } from "./errorPlace.js";
import { renderingText } from "./rendering.js";
import { offerSources, type Shown } from "./sources.js";

export const kustomizePreview: PreviewRow = {
  system: "openjourney",
  title: "the objects that kustomize renders, and what OpenJourney makes of the plugin",
  needsTrust: true,
  open,
};

type Good = Extract<Rendered, { readonly ok: true }>;

async function open(app: App, { manifest }: Subject): Promise<OpenPreview | undefined> {
  const kustomization = kustomizationFor(manifest.fsPath);
  if (kustomization === undefined) {
    const name = workspace.asRelativePath(manifest);
    void window.showInformationMessage(`There is no kustomization beside ${name}, so there is nothing to render.`);
    return undefined;
  }
  const folder = path.dirname(kustomization);
  const from = workspace.asRelativePath(Uri.file(folder));
  const document = documentFor(folder, from, "rendered");
  const before = documentFor(folder, from, "previous");
  const problems = languages.createDiagnosticCollection("plugsmith-render");
  const state: { good?: Good; previous?: string; shown?: Shown; sections: readonly PreviewSection[] } = {
    sections: [],
  };
  let stop = new AbortController();

  const render = async () => {
    stop.abort();
    const own = new AbortController();
    stop = own;
    const outsideFiles = setting("kustomize.loadRestrictor") === "none";
    const request = { folder, outsideFiles, unsaved: unsavedTexts(), signal: own.signal };
    const [rendered, report] = await Promise.all([
      renderKustomization(request, { executables: executablesOf(setting), log: app.log }),
      // A language server that breaks down is started anew, and asked again then.
      app.language.preview(Uri.file(kustomization)).catch(() => undefined),
    ]);
    const problem = rendered.ok ? undefined : await placed(rendered.message);
    if (own.signal.aborted) return;
    state.sections = report?.sections ?? state.sections;
    problems.clear();
    if (problem !== undefined) problems.set(...problem);
    if (rendered.ok) {
      if (state.good !== undefined && state.good.text !== rendered.text) state.previous = state.good.text;
      state.good = rendered;
    }
    write(rendered.ok ? undefined : rendered.message, rendered.tool);
  };
  const write = (failed: string | undefined, tool: string) => {
    const { good, sections } = state;
    const savedOnly = good?.savedOnly;
    const head = {
      tool,
      from,
      sections,
      warnings: failed === undefined ? (good?.warnings ?? []) : [],
      ...(savedOnly !== undefined && { savedOnly }),
      ...(failed !== undefined && { failed }),
    };
    const { text, head: lines } = renderingText(head, good?.text ?? "");
    state.shown = { objects: objectsIn(good?.text ?? ""), origins: good?.origins ?? new Map(), head: lines };
    app.texts.hold(document, text);
    // Under the same head, so that a comparison shows what is rendered otherwise, and nothing else.
    if (state.previous !== undefined) app.texts.hold(before, renderingText(head, state.previous).text);
    sources.changed();
  };
  const placed = async (message: string): Promise<[Uri, Diagnostic[]]> => {
    const source = await workspace.openTextDocument(Uri.file(kustomization));
    const { file, line, span } = placeOfError(message, source.getText());
    const other = file === undefined ? undefined : path.resolve(folder, file);
    const target =
      other !== undefined && existsSync(other) ? await workspace.openTextDocument(Uri.file(other)) : source;
    return [target.uri, [problemAt(rangeOf(target, line, span), message)]];
  };
  const again = settled(() => {
    render().catch((error: unknown) => {
      if (error instanceof HostError && error.kind === "cancelled") return;
      write(failureText(app.log, "kustomize could not be asked", error), "kustomize");
    });
  }, 300);

  const sources = offerSources(document, () => state.shown);
  const ending = createEnding();
  ending.hear(() => {
    stop.abort();
    for (const one of [document, before]) app.texts.release(one);
  });
  ending.keep(
    problems,
    sources,
    again,
    workspace.onDidChangeTextDocument(({ document: edited }) => {
      if (matters(edited.uri, folder)) again.call();
    }),
    ...watching(folder, again.call),
    // What OpenJourney makes of it, the language server says.
    app.language.onDidStart(again.call),
    window.tabGroups.onDidChangeTabs(({ closed: tabs }) => {
      const isOurs = tabs.some(
        ({ input }) => input instanceof TabInputText && input.uri.toString() === document.toString(),
      );
      if (isOurs && !isShown(document)) ending.come();
    }),
  );
  try {
    await render();
    await show(document);
  } catch (error) {
    ending.come();
    throw error;
  }
  return { reveal: () => void show(document), onDidClose: ending.hear, dispose: ending.come };
}

/** The manifest itself, or the kustomization beside an object. */
function kustomizationFor(file: string): string | undefined {
  const names = ["kustomization.yaml", "kustomization.yml", "Kustomization"];
  if (names.includes(path.basename(file))) return file;
  return names.map((name) => path.join(path.dirname(file), name)).find(isFile);
}

function isFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() === true;
}

/** The folder goes along in the query, for the commands that compare. */
function documentFor(folder: string, from: string, what: "rendered" | "previous"): Uri {
  const parts = from.split("/");
  const last = parts.at(-1) === "kubernetes" ? parts.at(-2) : parts.at(-1);
  return Uri.from({ scheme: textScheme, path: `/${from}/${last ?? "kustomization"} ${what}.yaml`, query: folder });
}

function unsavedTexts(): ReadonlyMap<string, string> {
  const dirty = workspace.textDocuments.filter(({ isDirty, uri }) => isDirty && uri.scheme === "file");
  return new Map(dirty.map((document) => [document.uri.fsPath, document.getText()]));
}

/** Bases lie anywhere, and any file may be in a generator. */
function matters(uri: Uri, folder: string): boolean {
  if (uri.scheme !== "file") return false;
  return uri.fsPath.startsWith(folder + path.sep) || /\.(ya?ml|json|env|properties)$|\/Kustomization$/.test(uri.path);
}

function watching(folder: string, changed: () => void): Disposable[] {
  const watcher = workspace.createFileSystemWatcher("**/{*.yaml,*.yml,*.json,*.env,*.properties,Kustomization}");
  const hear = (uri: Uri) => {
    if (matters(uri, folder)) changed();
  };
  return [watcher, watcher.onDidChange(hear), watcher.onDidCreate(hear), watcher.onDidDelete(hear)];
}

function problemAt(range: Range, message: string): Diagnostic {
  const problem = new Diagnostic(range, message, DiagnosticSeverity.Error);
  problem.source = "kustomize";
  return problem;
}

function rangeOf(document: TextDocument, line: number | undefined, span: readonly [number, number] | undefined): Range {
  if (span !== undefined) return new Range(document.positionAt(span[0]), document.positionAt(span[1]));
  const at = Math.min(line ?? 0, document.lineCount - 1);
  return new Range(
    new Position(at, document.lineAt(at).firstNonWhitespaceCharacterIndex),
    document.lineAt(at).range.end,
  );
}

function isShown(document: Uri): boolean {
  const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.some(({ input }) => input instanceof TabInputText && input.uri.toString() === document.toString());
}

async function show(document: Uri): Promise<void> {
  await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preserveFocus: true, preview: false });
}
