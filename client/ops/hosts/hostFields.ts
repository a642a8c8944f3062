// The fields of a host's row that only hosts of its system have: what they are called, how they are read, and how an adapter
// gets at them. A system names its own beside its adapter; the settings' schema and the form follow from that.
import path from "node:path";
import { fromHome } from "../transports/home.js";
import type { HostConfig } from "./host.js";

export interface HostField {
  readonly key: string;
  /** A path may begin with `~/`, or with nothing where the settings say what it is relative to. */
  readonly takes: "text" | "path" | "words";
  /** True when the host can be worked with by this field alone. */
  readonly isPlace?: boolean;
  /** One sentence, as in the settings' schema. */
  readonly about: string;
  readonly example: string;
}

/** The same field for every system whose servers read their plugins at their start. */
export const restartAbout =
  "The program, with its arguments, that restarts the service so that it reads its plugins anew; for SkyPilot sky api stop and sky api start where nothing is set. In a cluster it is not needed.";

export type OwnFields = Readonly<Record<string, string | readonly string[]>>;

/** Reads the system's own fields of a row; each mistake is one sentence. Relative paths are relative to `base`. */
export function readFields(
  fields: readonly HostField[],
  row: Readonly<Record<string, unknown>>,
  base: string | undefined,
  wrong: (message: string) => void,
): OwnFields {
  const read: Record<string, string | readonly string[]> = {};
  for (const field of fields) {
    const value = row[field.key];
    if (value === undefined) continue;
    const own = field.takes === "words" ? wordsOf(value) : textOf(value);
    if (own === undefined)
      wrong(`has a "${field.key}" that is no ${kinds[field.takes]}; write for example ${field.example}`);
    else read[field.key] = field.takes === "path" && typeof own === "string" ? pathIn(own, base) : own;
  }
  return read;
}

export function ownText({ own }: HostConfig, key: string): string | undefined {
  const value = own?.[key];
  return typeof value === "string" ? value : undefined;
}

/** An argument list; undefined when there is none. */
export function ownWords({ own }: HostConfig, key: string): readonly string[] | undefined {
  const value = own?.[key];
  return typeof value === "object" ? value : undefined;
}

const kinds = { text: "text", path: "path", words: "list of a program and its arguments" } as const;

/** A path of a row: `~/` is the user's home, and what is relative is so to `base`, the folder of the settings. */
export function pathIn(text: string, base: string | undefined): string {
  const full = fromHome(text);
  return base === undefined ? full : path.resolve(base, full);
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}

function wordsOf(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const words = value.filter((word): word is string => typeof word === "string");
  return words.length === value.length && (words[0] ?? "").trim() !== "" ? words : undefined;
}
