// Registers the requests about one document. Each looks the document up, asks the service, and answers empty for files
// that aren't ours.

import {
  type CallHierarchyItem,
  type Connection,
  LSPErrorCodes,
  type Position,
  type RenameFilesParams,
  ResponseError,
  type TextDocumentIdentifier,
  WillRenameFilesRequest,
} from "vscode-languageserver/node";
import {
  type LanguageService,
  type Manifest,
  manifestAt,
  manifestsOf,
  parseText,
  pathOf,
  SYSTEMS,
  usedDocument,
} from "../service/index.js";
import type { LiveWorkspace } from "../workspace/index.js";
import { isShapeCovered } from "./covered.js";
import type { OpenDocuments } from "./documents.js";
import type { Guard } from "./guard.js";
import type { Session } from "./session.js";
import type { StillNow } from "./still.js";

export interface Features {
  readonly connection: Connection;
  readonly documents: OpenDocuments;
  readonly workspace: LiveWorkspace;
  readonly still: StillNow;
  readonly service: LanguageService;
  readonly guard: Guard;
  readonly session: () => Session;
}

export function registerFeatures(features: Features): void {
  const { connection, documents, workspace, still, service, guard, session } = features;
  const manifestOf = ({ textDocument }: Asked): Manifest | undefined =>
    documents.get(textDocument.uri)?.recognition.manifest;
  const all = ({ textDocument }: Asked): readonly Manifest[] => {
    const open = documents.get(textDocument.uri);
    return open ? manifestsOf(open.recognition) : [];
  };
  /** The manifest, or the document inside the file, that a position belongs to. */
  const manifestUnder = ({ textDocument, position }: Asked & { readonly position: Position }): Manifest | undefined => {
    const open = documents.get(textDocument.uri);
    return open && manifestAt(open.recognition, open.parsed, position);
  };

  /** A file that is none of ours but that a manifest uses. */
  const usedUnder = ({ textDocument, position }: Asked & { readonly position: Position }): Manifest | undefined => {
    const open = documents.get(textDocument.uri);
    if (!open || !/\.(ya?ml|json)$/i.test(textDocument.uri)) return undefined;
    return usedDocument(open.parsed, workspace, workspace.settings, position);
  };

  /** For what is named in it, the whole of such a file as well; nothing changes around it. */
  const navigated = (params: Asked & { readonly position: Position }): Manifest | undefined => {
    const own = manifestUnder(params);
    if (own) return still.now().of(own);
    const open = documents.get(params.textDocument.uri);
    return open && still.now().used(open.parsed);
  };

  /** What is about to be renamed may be named in any file that can hold a document of ours. */
  const lookFurther = async (...systems: readonly string[]): Promise<void> => {
    const isMeant = SYSTEMS.some(
      ({ id, documents }) =>
        systems.includes(id) && documents.some(({ embedded }) => embedded) && workspace.manifests(id).length > 0,
    );
    if (isMeant) await workspace.lookFurther(AbortSignal.timeout(FURTHER));
  };

  connection.onCompletion(
    guard("completion", null, (params) => {
      const { docs, snippets, asIs, covered, isVsCode } = session();
      const manifest = manifestUnder(params);
      const used = manifest ? undefined : usedUnder(params);
      if (used) return service.complete(used, params.position, { snippets, asIs });
      if (!manifest) return null;
      const again = isVsCode ? { again: "editor.action.triggerSuggest" } : {};
      const list = service.complete(manifest, params.position, { docs, snippets, asIs, ...again });
      if (!isShapeCovered(manifest, covered)) return list;
      return { ...list, items: list.items.filter(({ kind }) => kind !== FIELD) };
    }),
  );
  connection.onHover(
    guard("hover", null, (params) => {
      const manifest = manifestUnder(params) ?? usedUnder(params);
      if (!manifest || isShapeCovered(manifest, session().covered)) return null;
      return service.hover(manifest, params.position, { docs: session().docs }) ?? null;
    }),
  );
  connection.onCodeAction(
    guard("codeAction", null, (params) => {
      const { diagnostics, only } = params.context;
      const { fileEdits: filesAllowed, commands } = session();
      const request = { range: params.range, diagnostics, filesAllowed, commands, ...(only && { only }) };
      return all(params).flatMap((manifest) => service.actions(manifest, request));
    }),
  );
  connection.onDefinition(
    guard("definition", null, (params) => {
      const manifest = navigated(params);
      return manifest && !manifest.kind.isForeign ? service.definition(manifest, params.position) : null;
    }),
  );
  connection.onReferences(
    guard("references", null, (params) => {
      const manifest = navigated(params);
      return manifest ? service.references(manifest, params.position, params.context.includeDeclaration) : null;
    }),
  );
  connection.onDocumentHighlight(
    guard("documentHighlight", null, (params) => {
      const manifest = navigated(params);
      return manifest && !manifest.kind.isForeign ? service.highlights(manifest, params.position) : null;
    }),
  );
  connection.onPrepareRename(
    guard("prepareRename", null, (params) => {
      const manifest = navigated(params);
      const prepared = manifest && service.prepareRename(manifest, params.position);
      if (prepared && "refused" in prepared) throw new ResponseError(LSPErrorCodes.RequestFailed, prepared.refused);
      return prepared ?? null;
    }),
  );
  connection.onRenameRequest(
    guard("rename", null, async (params) => {
      const asked = navigated(params);
      if (!asked) return null;
      await lookFurther(asked.system.id);
      const manifest = navigated(params);
      if (!manifest) return null;
      const { fileEdits: filesAllowed } = session();
      const renamed = service.rename(manifest, params.position, params.newName, { filesAllowed });
      if ("edit" in renamed) return renamed.edit;
      throw new ResponseError(LSPErrorCodes.RequestFailed, renamed.refused);
    }),
  );
  connection.onWorkspaceSymbol(
    guard("workspaceSymbol", null, ({ query }) => service.workspaceSymbols(still.now().workspace, query)),
  );
  connection.onCodeLens(guard("codeLens", null, (params) => all(params).flatMap((one) => service.lenses(one))));
  connection.languages.inlayHint.on(
    guard("inlayHint", null, (params) => all(params).flatMap((one) => service.hints(one, params.range))),
  );
  registerHierarchy();
  connection.onRequest(
    WillRenameFilesRequest.type,
    guard("willRenameFiles", null, async ({ files }: RenameFilesParams) => {
      await lookFurther(...SYSTEMS.map(({ id }) => id));
      const moves = files.flatMap(({ oldUri, newUri }) => {
        const [from, to] = [pathOf(oldUri), pathOf(newUri)];
        return from !== undefined && to !== undefined ? [{ from, to }] : [];
      });
      return service.fileMoves(still.now().workspace, moves) ?? null;
    }),
  );
  connection.onDocumentSymbol(guard("documentSymbol", null, (params) => symbolsOf(manifestOf(params))));
  connection.onFoldingRanges(guard("foldingRange", null, (params) => foldingOf(manifestOf(params))));
  connection.onDocumentLinks(guard("documentLink", null, (params) => all(params).flatMap((one) => service.links(one))));

  function registerHierarchy(): void {
    const ofItem = ({ item }: { item: CallHierarchyItem }): Manifest | undefined => {
      const position = item.selectionRange.start;
      const path = pathOf(item.uri);
      const [text, recognition] = path === undefined ? [] : [workspace.files.read(path), workspace.recogniseAt(path)];
      const closed = text !== undefined && recognition && manifestAt(recognition, parseText(item.uri, text), position);
      return navigated({ textDocument: item, position }) ?? (closed ? still.now().of(closed) : undefined);
    };
    connection.languages.callHierarchy.onPrepare(
      guard("prepareCallHierarchy", null, (params) => {
        const manifest = navigated(params);
        return manifest ? service.prepareHierarchy(manifest, params.position) : null;
      }),
    );
    connection.languages.callHierarchy.onIncomingCalls(
      guard("incomingCalls", null, (params) => {
        const manifest = ofItem(params);
        return manifest ? service.incoming(manifest, params.item.selectionRange.start) : null;
      }),
    );
    connection.languages.callHierarchy.onOutgoingCalls(
      guard("outgoingCalls", null, (params) => {
        const manifest = ofItem(params);
        return manifest ? service.outgoing(manifest, params.item.selectionRange.start) : null;
      }),
    );
  }

  const symbolsOf = (manifest: Manifest | undefined) => (manifest ? service.symbols(manifest) : null);
  const foldingOf = (manifest: Manifest | undefined) => (manifest ? service.folding(manifest) : null);
}

/** Milliseconds that a rename waits for a look into files in which no document of ours is usual. */
const FURTHER = 3000;

interface Asked {
  readonly textDocument: TextDocumentIdentifier;
}

/** CompletionItemKind.Property: a key. */
const FIELD = 10;
