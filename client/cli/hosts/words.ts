// Hosts, plugins, sizes and findings in words, the same in every command.

import {
  type Delivered,
  errorText,
  type Finding,
  type HostConfig,
  type HostError,
  type LedgerResult,
  type PluginHost,
  type PluginState,
  type ReplicaOutcome,
  type Shipment,
  sizeWords,
} from "../../ops/index.js";
import type { Call, ExitCode } from "../command.js";
import type { Terminal } from "../terminal.js";

export { sizeWords };

export const hostWords = ({ name, url }: HostConfig): string =>
  url === undefined || url.endsWith(`//${name}`) ? name : `${name} (${url})`;

/** A host in JSON: enough to know which one it was. */
export const hostData = ({ name, system, url, level }: HostConfig) => ({ name, system, url, level });

export const shipmentData = ({ bytes, sha256, contents, entries }: Shipment) => ({
  bytes,
  sha256,
  contents,
  files: entries.length,
});

export function pluginWords({ name, version }: Pick<Shipment, "name" | "version">): string {
  return `"${name || "?"}"${version === undefined ? "" : ` ${version}`}`;
}

export const stateWords: Readonly<Record<PluginState, string>> = {
  loaded: "loaded",
  installed: "installed, not loaded",
  lingering: "removed, still running",
  disabled: "disabled",
  failed: "failed to load",
};

export const resultWords: Readonly<Record<LedgerResult, string>> = {
  sent: "sent, not verified",
  verified: "verified",
  notLoaded: "not loaded",
  removed: "removed",
  failed: "not taken",
  switched: "done",
};

/** One line for each replica, folder or file that an act touched. */
export function replicaLines(replicas: readonly ReplicaOutcome[] | undefined): readonly string[] {
  return columns((replicas ?? []).map(({ replica, ok, message }) => [ok ? "  ok" : "  FAILED", replica, message]));
}

/** Rows under each other; columns that are empty throughout are left out. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .filter((_, column) => widths[column] !== 0)
      .join("  ")
      .trimEnd(),
  );
}

export function noteFindings(findings: readonly Finding[], terminal: Terminal): void {
  for (const { severity, code, message, file, position: at } of findings) {
    const place = file === undefined ? "" : `${file}:${at === undefined ? "" : `${at.line + 1}:${at.character + 1}:`} `;
    const style = { error: "red", warning: "yellow", information: "cyan" } as const;
    terminal.note(
      `${place}${terminal.style(style[severity], `${severity}:`)} ${message} ${terminal.style("dim", `[${code}]`)}`,
    );
  }
}

/** What could not be done, in JSON; `next` where a terminal's user has another next step than an editor's. */
export function errorData({ kind, step, message, said, status, hostNow, ...error }: HostError, next = error.next) {
  const findings = error.findings.length === 0 ? undefined : error.findings;
  return { kind, step, message, said, status, hostNow, next, findings };
}

/** Says what reading back proved after a deployment or a rollback. */
export function tellDelivered(call: Call, host: PluginHost, delivered: Delivered, more: object = {}): ExitCode {
  const { terminal } = call;
  if (call.on("json")) {
    terminal.print(JSON.stringify({ ...deliveredData(host, delivered), ...more }, undefined, 2));
  } else {
    noteFindings(delivered.findings, terminal);
    if (delivered.notRecorded) terminal.note(`plugsmith: ${errorText(delivered.notRecorded)}`);
    for (const line of replicaLines(delivered.uploaded.replicas)) terminal.print(line);
    for (const line of deliveredWords(host, delivered)) terminal.print(line);
  }
  return delivered.verdict.state === "verified" ? 0 : 1;
}

function deliveredWords(host: PluginHost, { shipment, verdict }: Delivered): string[] {
  const plugin = pluginWords(shipment);
  const where = hostWords(host.config);
  if (verdict.state === "notLoaded")
    return [`${plugin} is not loaded on ${where}: ${verdict.reason}`, `next: ${verdict.next}`];
  const address = host.address?.(verdict.plugin);
  const note = verdict.note === undefined ? [] : [`note: ${verdict.note}`];
  return [`${plugin} is loaded on ${where}${address === undefined ? "" : `: ${address}`}`, ...note];
}

export function deliveredData(host: PluginHost, { shipment, uploaded, verdict, findings, notRecorded }: Delivered) {
  const { name, version } = shipment;
  return {
    host: hostData(host.config),
    plugin: { name, version },
    archive: shipmentData(shipment),
    replicas: uploaded.replicas,
    ...(verdict.state === "verified"
      ? { result: "verified", loaded: verdict.plugin, address: host.address?.(verdict.plugin), note: verdict.note }
      : { result: "notLoaded", code: verdict.code, reason: verdict.reason, next: verdict.next }),
    findings,
    ...(notRecorded && { notRecorded: notRecorded.message }),
  };
}
