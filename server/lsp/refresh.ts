// Asks the client to fetch again what it keeps from us and can't know to be old: lenses and hints, once facts or hosts changed.

import { CodeLensRefreshRequest, type Connection, InlayHintRefreshRequest } from "vscode-languageserver/node";
import type { Session } from "./session.js";

export function refreshViews(connection: Connection, { refreshes }: Session): void {
  const ignore = () => undefined;
  if (refreshes.lenses) connection.sendRequest(CodeLensRefreshRequest.type).catch(ignore);
  if (refreshes.hints) connection.sendRequest(InlayHintRefreshRequest.type).catch(ignore);
}
