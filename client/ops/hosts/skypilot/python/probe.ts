// Asks a Python whether it would load the plugins that a file lists, and puts its answer into words. `runPython` is how that
// Python is reached: on this machine, or in a pod.
import { parsedJson } from "../../../parsedJson.js";
import { isRecord, stringList } from "../../../values.js";
import { HostError } from "../../hostError.js";
import type { PluginEntry } from "../files/pluginsFile.js";
import { probeScript } from "./probeScript.js";

/** Runs the server's Python, which reads `script` from its input, and answers what it wrote; a non-zero exit is a rejection. */
export type RunPython = (script: string, args: readonly string[], signal: AbortSignal) => Promise<string>;

export interface Question {
  readonly entries: readonly PluginEntry[];
  /** False where only looking is wanted, again and again: no code of a plugin runs then. */
  readonly imports?: boolean;
  /** Names of distributions whose installed version is wanted. */
  readonly distributions?: readonly string[];
  /** Path of a wheel, as that Python sees it, which is looked at as if it were installed. */
  readonly wheel?: string;
  /** The same, for a Python that can't see the file. */
  readonly wheelBytes?: Buffer;
}

export interface Distribution {
  readonly name: string;
  readonly version: string;
  /** Digest of the installed files, from the distribution's own RECORD. */
  readonly record: string;
  /** Milliseconds since 1970. */
  readonly changedAt?: number;
}

export type Stage = "path" | "module" | "attribute" | "base" | "abstract" | "parameters";

export interface ClassAnswer {
  readonly className: string;
  /** Where loading ends; absent when the server would load the class. */
  readonly stage?: Stage;
  readonly error?: string;
  /** The module that an ImportError names. */
  readonly missing?: string;
  readonly distribution?: Distribution;
  /** Whether `GET /api/plugins` should show it; absent where that isn't known. */
  readonly shown?: boolean;
}

export interface Answer {
  readonly python: string;
  readonly pythonVersion: string;
  /** SkyPilot's version; absent when this Python has no SkyPilot. */
  readonly sky?: string;
  readonly skyError?: string;
  readonly classes: readonly ClassAnswer[];
  readonly distributions: readonly Distribution[];
}

export async function probe(runPython: RunPython, question: Question, signal: AbortSignal): Promise<Answer> {
  const entries = question.entries.map(({ className, parameters }) => ({ class: className, parameters }));
  const { distributions = [], wheel, imports = true } = question;
  const asked = JSON.stringify({ entries, distributions, imports, ...(wheel === undefined ? {} : { wheel }) });
  const sent = question.wheelBytes === undefined ? "" : `wheel_bytes = "${question.wheelBytes.toString("base64")}"\n`;
  const out = await runPython(sent + probeScript, ["-", asked], signal);
  const line = out.split("\n").findLast((one) => one.startsWith("plugsmith:"));
  const answer = line === undefined ? undefined : answerIn(line.slice("plugsmith:".length));
  if (answer !== undefined) return answer;
  throw new HostError({
    kind: "tool",
    step: "check",
    message:
      "the server's Python ended without an answer while the plugins were imported: one of them probably ends the process",
    next: "import the plugin's module by hand in that Python and see what it does",
  });
}

/** What the server would stop at, as a sentence; undefined for a class that it would load. */
export function whyNot({ className, stage, error = "" }: ClassAnswer): string | undefined {
  if (stage === undefined) return undefined;
  const words: Readonly<Record<Stage, string>> = {
    path: `"${className}" names no module; the server takes "module.Class"`,
    module: `the module of "${className}" can't be imported in the server's Python (${error})`,
    attribute: `the module of "${className}" has no such class (${error})`,
    base: `"${className}" is no SkyPilot plugin (${error})`,
    abstract: `"${className}" can't be constructed (${error})`,
    parameters: `"${className}" does not take its parameters (${error})`,
  };
  return words[stage];
}

function answerIn(text: string): Answer | undefined {
  const value = parsedJson(text);
  if (!isRecord(value) || !Array.isArray(value.classes) || !Array.isArray(value.distributions)) return undefined;
  return {
    python: textOf(value.python) ?? "",
    pythonVersion: textOf(value.pythonVersion) ?? "",
    ...(typeof value.skyError === "string" ? { skyError: value.skyError } : { sky: textOf(value.sky) ?? "" }),
    classes: value.classes.flatMap((row) => classIn(row) ?? []),
    distributions: value.distributions.flatMap((row) => distributionIn(row) ?? []),
  };
}

const stages: readonly Stage[] = ["path", "module", "attribute", "base", "abstract", "parameters"];

function classIn(row: unknown): ClassAnswer | undefined {
  if (!isRecord(row) || typeof row.class !== "string") return undefined;
  const stage = stages.find((one) => one === row.stage);
  const distribution = distributionIn(row.distribution);
  return {
    className: row.class,
    ...(stage === undefined ? {} : { stage, error: textOf(row.error) ?? "" }),
    ...(typeof row.missing === "string" ? { missing: row.missing } : {}),
    ...(distribution === undefined ? {} : { distribution }),
    ...(typeof row.shown === "boolean" ? { shown: row.shown } : {}),
  };
}

function distributionIn(row: unknown): Distribution | undefined {
  if (!isRecord(row)) return undefined;
  const [name, version, record] = stringList([row.name, row.version, row.record]);
  if (name === undefined || version === undefined || record === undefined) return undefined;
  return { name, version, record, ...(typeof row.changedAt === "number" ? { changedAt: row.changedAt } : {}) };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
