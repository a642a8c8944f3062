// A deployment to several hosts: all of them are planned and agreed to before the first is changed; then a few at a time, with a table
// of what came of each, and the command for the rest.

import {
  type Delivered,
  deliveredRow,
  type Ended,
  errorText,
  type HostConfig,
  HostError,
  type Ledger,
  onEachHost,
  type PluginHost,
  restOf,
  withNext,
} from "../../ops/index.js";
import type { Call, ExitCode } from "../command.js";
import { shellWord } from "../shellWord.js";
import { type Prepared, prepared, sent } from "./deploying.js";
import { gate, planData, tellPlan } from "./gate.js";
import { keyVariable, terminalStep } from "./keys.js";
import { columns, deliveredData, errorData, hostData } from "./words.js";

export async function toSeveral(
  call: Call,
  hosts: readonly PluginHost[],
  folder: string,
  archives: string,
  ledger: Ledger,
): Promise<ExitCode> {
  const ready = new Map<PluginHost, Prepared | HostError>();
  for (const host of hosts)
    ready.set(host, await planned(call, host, () => prepared(call, host, folder, archives, ledger)));
  if (call.on("dry-run")) return tellPlans(call, ready);
  for (const [host, one] of ready) {
    if (!(one instanceof HostError)) ready.set(host, await planned(call, host, () => agreed(call, one)));
  }
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
async function planned(call: Call, { config }: PluginHost, work: () => Promise<Prepared>) {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    const told = inTerminal(call, config, error);
    if (call.on("keep-going")) return told;
    const { kind, step, next, findings } = told;
    const message = `${config.name}: ${error.message}`;
    const hostNow = "nothing was sent to any host";
    throw new HostError({ kind, step, message, next, hostNow, findings, cause: error });
  }
}

async function agreed(call: Call, one: Prepared): Promise<Prepared> {
  await gate(call, one.plan);
  return one;
}

/** Here nobody signs in: each host has its key in a variable of its own. */
function inTerminal({ terminal }: Call, { name }: HostConfig, error: HostError): HostError {
  const next = terminalStep(error.next, { ...terminal, token: undefined }, name);
  return withNext(error, next.replace(/\bPLUGSMITH_TOKEN(?!_)/, keyVariable(name)));
}

function tellPlans(call: Call, plans: ReadonlyMap<PluginHost, Prepared | HostError>): ExitCode {
  const { terminal } = call;
  const codes = [...plans].map(([{ config }, one], at): ExitCode => {
    if (call.on("json")) return one instanceof HostError || planData(call, one.plan).refused ? 1 : 0;
    if (at > 0) terminal.print("");
    if (!(one instanceof HostError)) return tellPlan(call, one.plan);
    terminal.print(`${config.name}: ${errorText(one)}`);
    return 1;
  });
  const data = ([{ config }, one]: [PluginHost, Prepared | HostError]) =>
    one instanceof HostError ? { host: hostData(config), error: errorData(one) } : planData(call, one.plan);
  if (call.on("json")) terminal.print(JSON.stringify({ hosts: [...plans].map(data) }, undefined, 2));
  return codes.includes(1) ? 1 : 0;
}

function tell(call: Call, all: readonly Ended<Delivered>[]): ExitCode {
  const { terminal } = call;
  const ends = all.map(
    (ended): Ended<Delivered> =>
      ended.state === "failed" ? { ...ended, error: inTerminal(call, ended.host.config, ended.error) } : ended,
  );
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
