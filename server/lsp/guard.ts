// The one wrapper round every request: lets a cancellation that is already on its way arrive, honours it, measures,
// and turns an unexpected throw into a log line and an empty answer, so that one bug never takes the editor's features down.

import { type CancellationToken, LSPErrorCodes, type RemoteConsole, ResponseError } from "vscode-languageserver/node";

export type Guard = <P, R>(
  name: string,
  empty: R,
  handle: (params: P, token: CancellationToken) => R | Promise<R>,
) => (params: P, token: CancellationToken) => Promise<R | ResponseError<void>>;

export interface GuardLog {
  readonly console: Pick<RemoteConsole, "error" | "debug">;
}

/** `within` calls the work with the parameters of its request at hand. */
export function createGuard({ console }: GuardLog, within: <R>(params: unknown, work: () => R) => R): Guard {
  return (name, empty, handle) => async (params, given) => {
    // A request without parameters passes the token alone.
    const token = given ?? (params as CancellationToken);
    await new Promise((resolve) => setImmediate(resolve));
    if (token.isCancellationRequested)
      return new ResponseError(LSPErrorCodes.RequestCancelled, `${name} was cancelled`);
    const started = performance.now();
    try {
      const answer = await within(params, () => handle(params, token));
      if (token.isCancellationRequested)
        return new ResponseError(LSPErrorCodes.RequestCancelled, `${name} was cancelled`);
      const took = performance.now() - started;
      if (took > 100) console.debug(`${name} took ${took.toFixed(0)} ms`);
      return answer;
    } catch (error) {
      if (error instanceof ResponseError) return error;
      console.error(`${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      return empty;
    }
  };
}
