// `deploy --watch`: after the first deployment, whatever the build writes is deployed too, until Ctrl-C.

import { watch } from "node:fs";
import {
  deliveredRow,
  deployOnChange,
  errorText,
  type HostError,
  type Ledger,
  type LoopState,
} from "../../ops/index.js";
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
  const watcher = watch(folder, { recursive: true }, () => loop.changed());
  terminal.note(`watching ${terminal.shown(folder)}; Ctrl-C ends it`);
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
  watcher.close();
  await loop.stop();
  return 0;
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
