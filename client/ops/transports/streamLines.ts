// The lines of a program as they come, for logs that are followed: the program is ended when nobody reads on.
import { mustRun, type ProcessRequest, type Run } from "./process.js";

/** More lines than anybody reads at once: when the reader is slower than a program without bounds, the oldest make room. */
const waitingLines = 10_000;

/**
 * Lines of the output, without bounds in time and size unless the request has them. Ends with the program; a failure of it throws a
 * `HostError`, also when the request's signal is aborted.
 *
 *     for await (const line of streamLines(run, request)) if (isTheOne(line)) break; // the program has ended here
 */
export async function* streamLines(run: Run, request: ProcessRequest, next?: string): AsyncGenerator<string, void> {
  const left = new AbortController();
  const lines: string[] = [];
  let dropped = 0;
  let wake: () => void = () => undefined;
  let over = false;
  const onLine = (line: string, stream: "out" | "err") => {
    request.onLine?.(line, stream);
    if (stream === "err") return;
    lines.push(line);
    if (lines.length > waitingLines && request.maxBytes === undefined)
      dropped += lines.splice(0, lines.length - waitingLines).length;
    wake();
  };
  const signal = AbortSignal.any([request.signal, left.signal]);
  // Lines are all that is wanted of the output: none of it is kept.
  const bounds = { timeout: Number.POSITIVE_INFINITY, maxBytes: Number.POSITIVE_INFINITY, onData: () => undefined };
  const going = mustRun(run, { ...bounds, ...request, signal, onLine }, next).then(
    () => undefined,
    (error: unknown) => error,
  );
  void going.then(() => {
    over = true;
    wake();
  });
  try {
    for (;;) {
      if (dropped > 0) yield `… ${dropped} lines left out, they came faster than they were read`;
      dropped = 0;
      const ready = lines.splice(0);
      yield* ready;
      if (lines.length > 0) continue;
      if (over) break;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    const failure = await going;
    if (failure !== undefined) throw failure;
  } finally {
    left.abort();
    await going;
  }
}
