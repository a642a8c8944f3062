// Buntime's log, line by line: level, context, message, and what a line of the loader says of a plugin. Both forms that occur in
// production are read, text and JSON; a long `{meta}` goes on in the lines that follow. Pure.

import { stripVTControlCharacters } from "node:util";
import { jsonObject } from "../../parsedJson.js";
import { isRecord } from "../../values.js";

export type LogLevel = "debug" | "info" | "warning" | "error";

export interface LogEntry {
  readonly level: LogLevel;
  /** `PluginLoader`, `plugin:@acme/hello`, `App`; absent where the line has none. */
  readonly context?: string;
  readonly message: string;
  /** "12:30:01.123", or what `time` of the JSON form says. */
  readonly time?: string;
  readonly meta?: Readonly<Record<string, unknown>>;
  readonly fact?: LogFact;
}

/** What became of a plugin, as the loader tells it. */
export interface LogFact {
  readonly plugin: string;
  readonly outcome: "loaded" | "failed" | "excluded" | "duplicate" | "disabled";
  /** Why, as a part of a sentence. */
  readonly reason?: string;
}

const textLine = /^(\d\d:\d\d:\d\d\.\d{3})\s+(DBG|INF|WRN|ERR)\s+(?:\[([^\]]+)\]\s+)?(.*)$/;
const levels: Readonly<Record<string, LogLevel>> = {
  DBG: "debug",
  INF: "info",
  WRN: "warning",
  ERR: "error",
  debug: "debug",
  info: "info",
  warn: "warning",
  warning: "warning",
  error: "error",
};

/** Reads lines in order; `undefined` for those that only go on with the one before, or that aren't Buntime's. */
function logReader(): { line(text: string): LogEntry | undefined; end(): LogEntry | undefined } {
  let open: string[] | undefined;
  const close = () => {
    const entry = open === undefined ? undefined : entryOf(open);
    open = undefined;
    return entry;
  };
  return {
    line: (raw) => {
      const text = stripVTControlCharacters(raw);
      if (text.startsWith("{")) {
        const own = jsonEntry(text);
        if (own !== undefined && open === undefined) return own;
      }
      if (textLine.test(text)) {
        const before = close();
        open = [text];
        return before;
      }
      if (open !== undefined && /^\s*[}{"\]]|^\s+\S/.test(text)) open.push(text);
      return undefined;
    },
    end: close,
  };
}

/** All entries of a log that is at an end. */
export function readLog(lines: readonly string[]): readonly LogEntry[] {
  const reader = logReader();
  const found = lines.map((line) => reader.line(line));
  return [...found, reader.end()].filter((entry) => entry !== undefined);
}

/** The last word of the log on each plugin: what came of it at the newest reload. */
export function lastFacts(entries: readonly LogEntry[]): ReadonlyMap<string, LogFact> {
  return new Map(entries.flatMap(({ fact }) => (fact === undefined ? [] : [[fact.plugin, fact] as const])));
}

function entryOf(lines: readonly string[]): LogEntry | undefined {
  const match = textLine.exec(lines[0] ?? "");
  if (match === null) return undefined;
  const [, time = "", level = "", context, rest = ""] = match;
  const more = lines.slice(1).join("\n");
  const start = metaStart(rest, more);
  const message = (start === undefined ? rest : rest.slice(0, start)).trim();
  const meta = start === undefined ? undefined : jsonObject(`${rest.slice(start)}\n${more}`);
  return withFact({
    level: levels[level] ?? "info",
    message,
    time,
    ...(context === undefined ? {} : { context }),
    ...(meta === undefined ? {} : { meta }),
  });
}

/** Where `{meta}` begins: at the last brace that opens JSON; with following lines, at the end of the first. */
function metaStart(rest: string, more: string): number | undefined {
  for (let at = rest.indexOf("{"); at >= 0; at = rest.indexOf("{", at + 1)) {
    if (jsonObject(`${rest.slice(at)}\n${more}`) !== undefined) return at;
  }
  return more !== "" && jsonObject(more) !== undefined ? rest.length : undefined;
}

function jsonEntry(text: string): LogEntry | undefined {
  const value = jsonObject(text);
  const level = typeof value?.level === "string" ? levels[value.level.toLowerCase()] : undefined;
  if (value === undefined || level === undefined || typeof value.message !== "string") return undefined;
  const { level: _level, message, time, context, ...meta } = value;
  return withFact({
    level,
    message: String(message),
    ...(typeof time === "string" || typeof time === "number" ? { time: String(time) } : {}),
    ...(typeof context === "string" ? { context } : {}),
    ...(Object.keys(meta).length === 0 ? {} : { meta }),
  });
}

function withFact(entry: LogEntry): LogEntry {
  const fact = entry.context === "PluginLoader" ? factOf(entry) : undefined;
  return fact === undefined ? entry : { ...entry, fact };
}

function factOf({ message, meta }: LogEntry): LogFact | undefined {
  for (const [pattern, read] of loaderLines) {
    const match = pattern.exec(message);
    if (match?.[1] !== undefined) return read(match[1], match[2] ?? "", meta);
  }
  return undefined;
}

type Read = (plugin: string, rest: string, meta: LogEntry["meta"]) => LogFact;

/** The loader's lines of Buntime v0.2.15 to v0.5.4 that name a plugin. */
const loaderLines: readonly (readonly [RegExp, Read])[] = [
  [/^Loaded: (\S+)/, (plugin) => ({ plugin, outcome: "loaded" })],
  [
    /^Failed to load plugin "([^"]+)":?\s*(.*)$/s,
    (plugin, rest, meta) => {
      const why = errorOf(meta) || rest;
      return { plugin, outcome: "failed", ...(why === "" ? {} : { reason: why }) };
    },
  ],
  [
    /^Excluding plugin "([^"]+)": (required dependency .*)$/,
    (plugin, rest) => ({ plugin, outcome: "excluded", reason: `its ${rest}` }),
  ],
  [
    /^Skipping plugin "([^"]+)" because (required dependency.*)$/,
    (plugin, rest) => ({ plugin, outcome: "excluded", reason: `its ${rest}` }),
  ],
  [
    /^Duplicate plugin "([^"]+)" found at (.*)$/,
    (plugin, rest) => ({ plugin, outcome: "duplicate", reason: `there is another copy at ${rest.split(" ", 1)[0]}` }),
  ],
  [/^Skipping plugin disabled in manifest: (\S+)/, (plugin) => ({ plugin, outcome: "disabled" })],
];

function errorOf(meta: LogEntry["meta"]): string {
  const error = meta?.error;
  if (typeof error === "string") return error.split("\n", 1)[0] ?? "";
  if (isRecord(error) && typeof error.message === "string") return error.message.split("\n", 1)[0] ?? "";
  return "";
}
