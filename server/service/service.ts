// The language service as a feature list: recognise a file, then ask for problems, completions, hovers and the rest.
// Pure: what it knows of the world comes in through `Workspace`.

import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
  CodeAction,
  CodeLens,
  CompletionList,
  Diagnostic,
  DocumentHighlight,
  DocumentLink,
  DocumentSymbol,
  FoldingRange,
  Hover,
  InlayHint,
  Location,
  Position,
  Range,
  WorkspaceEdit,
  WorkspaceSymbol,
} from "vscode-languageserver-types";
import { type ActionRequest, actions } from "./features/actions.js";
import { type CompletionOptions, complete } from "./features/completion.js";
import { createDiagnose, type DiagnoseHooks, type Kept } from "./features/diagnose.js";
import { toDiagnostics } from "./features/diagnostics.js";
import { folding } from "./features/folding.js";
import { hints } from "./features/hints.js";
import { hover } from "./features/hover.js";
import { lenses } from "./features/lenses.js";
import { links } from "./features/links.js";
import { definition, highlights, references } from "./features/navigate/definition.js";
import { type FileMove, fileMoves } from "./features/navigate/fileMoves.js";
import { incoming, outgoing, prepareHierarchy } from "./features/navigate/hierarchy.js";
import {
  prepareRename,
  type Refused,
  type Renamed,
  type RenameOptions,
  type RenamePlace,
  rename,
} from "./features/navigate/rename.js";
import { workspaceSymbols } from "./features/navigate/workspaceSymbols.js";
import { preview } from "./features/preview.js";
import { symbols } from "./features/symbols.js";
import { syntaxFixer } from "./features/syntaxFixes.js";
import { createValidator } from "./schema/validate.js";
import type { Workspace } from "./systems/facts.js";
import type { Preview } from "./systems/preview.js";
import type { Manifest } from "./systems/system.js";

export interface LanguageService {
  /** Problems as LSP diagnostics, ranges in the manifest's version. */
  diagnose(manifest: Manifest, options?: DiagnoseOptions): Diagnostic[];
  /** Those after an edit, from what `options.kept` knows of the version before; undefined where all is to be looked at again. */
  diagnoseEdit(manifest: Manifest, options: DiagnoseOptions & { readonly kept: Kept }): Diagnostic[] | undefined;
  /** All problems of that very version, of which `diagnoseEdit` left out what looks across entries. */
  diagnoseAcross(manifest: Manifest, options: DiagnoseOptions & { readonly kept: Kept }): Diagnostic[] | undefined;
  complete(manifest: Manifest, position: Position, options?: CompletionOptions): CompletionList;
  hover(manifest: Manifest, position: Position, options?: { readonly docs?: string }): Hover | undefined;
  actions(manifest: Manifest, request: ActionRequest): CodeAction[];
  symbols(manifest: Manifest): DocumentSymbol[];
  folding(manifest: Manifest): FoldingRange[];
  links(manifest: Manifest): DocumentLink[];
  definition(manifest: Manifest, position: Position): Location[];
  references(manifest: Manifest, position: Position, withDeclaration: boolean): Location[];
  highlights(manifest: Manifest, position: Position): DocumentHighlight[];
  prepareRename(manifest: Manifest, position: Position): RenamePlace | Refused | undefined;
  rename(manifest: Manifest, position: Position, newName: string, options?: RenameOptions): Renamed;
  workspaceSymbols(workspace: Workspace, query: string): WorkspaceSymbol[];
  /** Edits of the manifests that name files about to be moved; undefined when none does. */
  fileMoves(workspace: Workspace, moves: readonly FileMove[]): WorkspaceEdit | undefined;
  lenses(manifest: Manifest): CodeLens[];
  hints(manifest: Manifest, range?: Range): InlayHint[];
  /** What its host makes of it; undefined for documents without a preview. */
  preview(manifest: Manifest): Preview | undefined;
  prepareHierarchy(manifest: Manifest, position: Position): CallHierarchyItem[];
  incoming(manifest: Manifest, position: Position): CallHierarchyIncomingCall[];
  outgoing(manifest: Manifest, position: Position): CallHierarchyOutgoingCall[];
}

export interface DiagnoseOptions extends DiagnoseHooks {
  /** Base of the rule pages, without a final slash; without it problems carry no link. */
  readonly docs?: string;
  /** What is found is remembered there, for `diagnoseEdit`. Belongs to one open file. */
  readonly kept?: Kept;
}

export function createLanguageService(): LanguageService {
  const validator = createValidator();
  const diagnose = createDiagnose(validator);
  const offsetOf = ({ parsed }: Manifest, position: Position) => parsed.document.offsetAt(position);
  const withFixes = syntaxFixer(diagnose, validator);
  return {
    diagnose: (manifest, options = {}) =>
      toDiagnostics(manifest, diagnose(manifest, options, options.kept), options.docs),
    diagnoseEdit: (manifest, options) => {
      const problems = diagnose.edited(manifest, options.kept, options);
      return problems && toDiagnostics(manifest, problems, options.docs);
    },
    diagnoseAcross: (manifest, options) => {
      const problems = diagnose.across(manifest, options.kept, options);
      return problems && toDiagnostics(manifest, problems, options.docs);
    },
    complete: (manifest, position, options) => complete(manifest, offsetOf(manifest, position), options),
    hover: (manifest, position, options = {}) => hover(manifest, offsetOf(manifest, position), options.docs),
    actions: (manifest, request) => actions(manifest, diagnose(manifest, request), request, withFixes),
    symbols,
    folding,
    links,
    definition: (manifest, position) => definition(manifest, offsetOf(manifest, position)),
    references: (manifest, position, withDeclaration) =>
      references(manifest, offsetOf(manifest, position), withDeclaration),
    highlights: (manifest, position) => highlights(manifest, offsetOf(manifest, position)),
    prepareRename: (manifest, position) => prepareRename(manifest, offsetOf(manifest, position)),
    rename: (manifest, position, newName, options) => rename(manifest, offsetOf(manifest, position), newName, options),
    workspaceSymbols,
    fileMoves,
    lenses,
    hints,
    preview: (manifest) => preview(manifest, diagnose),
    prepareHierarchy: (manifest, position) => prepareHierarchy(manifest, offsetOf(manifest, position)),
    incoming: (manifest, position) => incoming(manifest, offsetOf(manifest, position)),
    outgoing: (manifest, position) => outgoing(manifest, offsetOf(manifest, position)),
  };
}
