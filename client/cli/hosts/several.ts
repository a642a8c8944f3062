// A deployment to several hosts: all of them are planned and agreed to before the first is changed; then a few at a time, with a table
// of what came of each, and the command for the rest.

import {
  type Delivered,
  deliveredRow,
  type Ended,
  errorText,
  HostError,
  type Ledger,
  onEachHost,
  type PluginHost,
  restOf,
} from "../../ops/index.js";
import type { Call, ExitCode } from "../command.js";
import { shellWord } from "../shellWord.js";
import { type Prepared, prepared, sent } from "./deploying.js";
import { columns, deliveredData, errorData, hostData } from "./words.js";

export async function toSeveral(
  call: Call,
  hosts: readonly PluginHost[],
  folder: string,
  archives: string,
  ledger: Ledger,
): Promise<ExitCode> {
  const ready = new Map<PluginHost, Prepared | HostError>();
  let isOver: ExitCode | undefined;
  for (const [at, host] of hosts.entries()) {
    if (at > 0 && call.on("dry-run") && !call.on("json")) call.terminal.print("");
    const one = await planned(call, host, folder, archives, ledger);
    if (typeof one === "number") isOver = isOver === 1 || one === 1 ? 1 : one;
    else ready.set(host, one);
  }
  if (isOver !== undefined) return isOver;
  const ends = await onEachHost<Delivered>({
    hosts,
    afterFailure: call.on("keep-going") ? "go on" : "stop",
    signal: call.signal,
    isFailure: ({ verdict }) => verdict.state !== "verified",
    work: async (host) => {
      const one = ready.get(host);
      if (one instanceof HostError || one === undefined) throw one ?? new Error("a host that was not planned");
      return sent(call, one, ledger);
    },
  });
  return tell(call, ends);
}

/** What speaks against one host stops all of them, unless they are to go on: then it is that host's own end. */
async function planned(call: Call, host: PluginHost, folder: string, archives: string, ledger: Ledger) {
  try {
    return await prepared(call, host, folder, archives, ledger);
  } catch (error) {
    if (error instanceof HostError && call.on("keep-going")) return error;
    if (!(error instanceof HostError)) throw error;
    const { kind, step, next, findings } = error;
    const message = `${host.config.name}: ${error.message}`;
    const hostNow = "nothing was sent to any host";
    throw new HostError({ kind, step, message, next, hostNow, findings, cause: error });
  }
}

function tell(call: Call, ends: readonly Ended<Delivered>[]): ExitCode {
  const { terminal } = call;
  const rest = restOf(ends).map(({ config }) => config.name);
  if (call.on("json")) {
    terminal.print(JSON.stringify({ hosts: ends.map(dataOf), rest }, undefined, 2));
  } else {
    for (const line of columns(ends.map((ended) => [...deliveredRow(ended)]))) terminal.print(line);
    if (rest.length > 0) terminal.print(`for the rest: ${commandFor(call, rest)}`);
  }
  return rest.length === 0 ? 0 : 1;
}

/** This call once more, for the hosts that are left. */
function commandFor({ operands, on, value }: Call, rest: readonly string[]): string {
  const config = value("config");
  const words = ["plugsmith", "deploy", operands[0] ?? ".", "--hosts", rest.join(",")];
  if (config !== undefined) words.push("--config", config);
  for (const option of ["keep-going", "yes", "force", "overwrite"]) if (on(option)) words.push(`--${option}`);
  return words.map(shellWord).join(" ");
}

function dataOf(ended: Ended<Delivered>) {
  if (ended.state === "notBegun") return { host: hostData(ended.host.config), result: "notBegun" };
  if (ended.state === "failed")
    return {
      host: hostData(ended.host.config),
      result: "failed",
      error: errorText(ended.error),
      failure: errorData(ended.error),
    };
  return deliveredData(ended.host, ended.answer);
}
