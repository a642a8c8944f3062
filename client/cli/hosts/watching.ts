// `deploy --watch`: after the first deployment, whatever the build writes is deployed too, until Ctrl-C.

import { type FSWatcher, statSync, watch } from "node:fs";
import path from "node:path";
import { deliveredRow, deployOnChange, errorText, HostError, type Ledger, type LoopState } from "../../ops/index.js";
import { type Call, type ExitCode, Misuse } from "../command.js";
import { type Prepared, sent } from "./deploying.js";
import { packOptions } from "./packing.js";
import { deliveredData, errorData } from "./words.js";

export function refuseWatching({ config }: Prepared["host"]): void {
  if (config.level !== "production") return;
  throw new Misuse(
    `"${config.name}" is a production host, to which nothing is deployed on change; deploy without --watch`,
  );
}

export async function watched(
  call: Call,
  first: Prepared,
  folder: string,
  archives: string,
  ledger: Ledger,
): Promise<ExitCode> {
  const { terminal, signal } = call;
  const { host, shipment } = first;
  let failed = "";
  const tell = (state: LoopState) => {
    if (state.is === "working") terminal.progress(state.step);
    if (state.is === "failed") {
      const text = errorText(state.error);
      // Once for each failure, and not at each save that leaves it as it is.
      if (text !== failed) tellFailure(call, state.error);
      failed = text;
    }
    if (state.is !== "delivered") return;
    failed = "";
    const { delivered } = state;
    if (call.on("json")) terminal.print(JSON.stringify(deliveredData(host, delivered)));
    else terminal.print(`${clock()}  ${rowWords(host, delivered)}`);
  };
  tell({ is: "delivered", delivered: await sent(call, first, ledger) });
  const { exclude } = await packOptions(call, folder);
  const loop = deployOnChange({
    host,
    folder,
    archives,
    ledger,
    exclude,
    diagnostics: async () => (await packOptions(call, folder)).diagnostics,
    contents: shipment.contents,
    onState: tell,
  });
  try {
    await watching(folder, signal, () => {
      terminal.note(`watching ${terminal.shown(folder)}; Ctrl-C ends it`);
      // What was written while the first one was sent.
      loop.changed();
      return loop.changed;
    });
  } finally {
    await loop.stop();
  }
  return 0;
}

/** Until the signal. `begun` is called once the folder is watched, and answers what each change is to call. */
function watching(folder: string, signal: AbortSignal, begun: () => () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    let watcher: FSWatcher | undefined;
    let watched: number | undefined;
    let changed: (() => void) | undefined;
    const end = (settle: () => void) => {
      clearInterval(looking);
      watcher?.close();
      settle();
    };
    const failed = (cause: unknown) => end(() => reject(unwatchable(folder, cause)));
    // A build may make the folder anew; what was watched is another one then.
    const look = () => {
      const now = statSync(folder, { throwIfNoEntry: false })?.ino;
      if (now === watched) return;
      watched = now;
      watcher?.close();
      changed?.();
      if (now === undefined) return;
      try {
        watcher = watch(folder, { recursive: true }, () => changed?.());
        watcher.once("error", (cause) => statSync(folder, { throwIfNoEntry: false }) && failed(cause));
        changed ??= begun();
      } catch (cause) {
        failed(cause);
      }
    };
    const looking = setInterval(look, 500);
    look();
    if (signal.aborted) return end(resolve);
    signal.addEventListener("abort", () => end(resolve), { once: true });
  });
}

function unwatchable(folder: string, cause: unknown): HostError {
  const message = `the folder "${path.basename(folder)}" can't be watched`;
  const next = "raise the number of files that the system lets be watched, or deploy without --watch";
  return new HostError({ kind: "tool", step: "watch", message, next, cause });
}

function tellFailure({ terminal, on }: Call, error: HostError): void {
  if (on("json")) terminal.print(JSON.stringify({ error: errorData(error) }));
  else terminal.note(`${clock()}  ${errorText(error)}`);
}

function rowWords(host: Prepared["host"], answer: Awaited<ReturnType<typeof sent>>): string {
  const state = answer.verdict.state === "verified" ? "done" : "notDone";
  return deliveredRow({ host, state, answer }).filter(Boolean).join("  ");
}

function clock(): string {
  return new Date().toLocaleTimeString("en-GB");
}
