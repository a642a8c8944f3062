// What one client has told us: its capabilities, settings, the documentation's base, and what others cover.

import path from "node:path";
import { pathToFileURL } from "node:url";
import type { InitializeParams } from "vscode-languageserver/node";
import { type Covered, type InitializationOptions, NOTHING_COVERED } from "../protocol.js";
import { DEFAULT_SETTINGS, readSettings, type ServiceSettings } from "../service/index.js";

export interface Session {
  readonly settings: ServiceSettings;
  readonly covered: Covered;
  readonly docs: string;
  readonly check: "open" | "workspace";
  readonly snippets: boolean;
  readonly asIs: boolean;
  readonly watches: boolean;
  /** The client has workspace folders, and tells when they change. */
  readonly folders: boolean;
  readonly isVsCode: boolean;
  /** Commands of the client that code actions may carry. */
  readonly commands: readonly string[];
  /** The client creates, renames and deletes files that an edit names. */
  readonly fileEdits: boolean;
  /** What the client fetches again when it is asked to. */
  readonly refreshes: { readonly lenses: boolean; readonly hints: boolean };
}

export function sessionOf({ capabilities, clientInfo, initializationOptions }: InitializeParams): Session {
  const options: InitializationOptions = isRecord(initializationOptions) ? initializationOptions : {};
  const { completionItem } = capabilities.textDocument?.completion ?? {};
  const { documentChanges = false, resourceOperations = [] } = capabilities.workspace?.workspaceEdit ?? {};
  const operations: readonly string[] = documentChanges ? resourceOperations : [];
  const start: Session = {
    settings: DEFAULT_SETTINGS,
    covered: NOTHING_COVERED,
    docs: options.docs ?? pathToFileURL(path.join(__dirname, "..", "docs")).href,
    check: "open",
    snippets: completionItem?.snippetSupport ?? false,
    asIs: completionItem?.insertTextModeSupport?.valueSet.includes(1) ?? false,
    watches: capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration ?? false,
    folders: capabilities.workspace?.workspaceFolders ?? false,
    commands: Array.isArray(options.commands) ? options.commands : [],
    fileEdits: ["create", "rename", "delete"].every((one) => operations.some((known) => known === one)),
    isVsCode: /Visual Studio Code|code-server|VSCodium|Cursor/i.test(clientInfo?.name ?? ""),
    refreshes: {
      lenses: capabilities.workspace?.codeLens?.refreshSupport ?? false,
      hints: capabilities.workspace?.inlayHint?.refreshSupport ?? false,
    },
  };
  return configured(start, options);
}

/** The session after a change of configuration; parts of the wrong shape are left as they were. */
export function configured(
  session: Session,
  changed: Pick<InitializationOptions, "settings" | "covered" | "check">,
): Session {
  return {
    ...session,
    settings: isRecord(changed.settings) ? settingsOf({ ...session.settings, ...changed.settings }) : session.settings,
    covered: isRecord(changed.covered) ? { ...session.covered, ...changed.covered } : session.covered,
    check: changed.check === "workspace" || changed.check === "open" ? changed.check : session.check,
  };
}

/** Another editor's settings may hold anything. */
function settingsOf(given: Readonly<Record<keyof ServiceSettings, unknown>>): ServiceSettings {
  const values = {
    ...given,
    "skypilot.schema": given.skypilotSchema,
    "kustomize.loadRestrictor": given.kustomizeLoadRestrictor,
  };
  return readSettings((key) => values[key]);
}

const isRecord = (value: unknown): value is Record<string, never> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
