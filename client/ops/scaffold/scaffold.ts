// Makes the folder of a new plugin that checks clean and, where it has code, runs. All of its files come from snippets/, those for
// completions among them. Nothing that is there is overwritten, and a failure leaves no half folder.
import { randomBytes } from "node:crypto";
import { mkdir, readdir, rename, rm, rmdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { SYSTEMS } from "../../../server/service/index.js";
import { HostError } from "../hosts/hostError.js";
import { adapters } from "../hosts/index.js";
import { codeOf } from "../transports/directory/disk.js";
import { diskError } from "../transports/directory/diskError.js";
import type { ScaffoldFile } from "./data.js";
import { withValues } from "./snippetText.js";

export interface Scaffolded {
  readonly system: string;
  readonly name: string;
  readonly folder: string;
  /** Relative paths, sorted. */
  readonly files: readonly string[];
  /** Full path of the file to go on with. */
  readonly opens: string;
  readonly next: readonly string[];
}

export interface ScaffoldOptions {
  readonly system: string;
  /** The plugin's folder, which must be empty or not there yet. */
  readonly folder: string;
  /** The folder's own name unless told. */
  readonly name?: string;
  /** How the folder is called in what is to be done next. */
  readonly shown?: string;
}

export async function scaffold({ system, folder, name: given, shown }: ScaffoldOptions): Promise<Scaffolded> {
  const made = adapters.find((one) => one.system === system)?.scaffold;
  if (made === undefined) throw refused(`there is no scaffold for "${system}"`, "choose another system");
  const target = path.resolve(folder);
  const name = given ?? scaffoldName(path.basename(target));
  const wrong = nameProblem(name);
  if (wrong !== undefined)
    throw refused(wrong, "choose a name of small letters, digits and hyphens, such as run-notes");
  await refuseOccupied(target);
  const words = { ...namesOf(name), folder: shown ?? target };
  const files = made.files.map((file) => ({ path: filled(file.path, words), text: textOf(system, file, words) }));
  await placed(target, files);
  return {
    system,
    name,
    folder: target,
    files: files.map((file) => file.path).sort(),
    opens: path.join(target, filled(made.opens, words)),
    next: made.next.map((one) => filled(one, words)),
  };
}

/** A plugin's name from a folder's: `Run Notes` becomes `run-notes`. */
export function scaffoldName(text: string): string {
  return text
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
}

/** What no system takes as a plugin's name, or Python as a module's; undefined for a sound one. */
export function nameProblem(name: string): string | undefined {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || name.length > 40)
    return `"${name}" can't be the name of a new plugin`;
  return taken.has(name)
    ? `"${name}" is taken: a plugin of that name would hide what the host needs itself`
    : undefined;
}

const taken: ReadonlySet<string> = new Set([
  "sky",
  "api",
  "plugins",
  "test",
  "import",
  "class",
  "global",
  "lambda",
  "async",
  "await",
]);

function namesOf(name: string): Readonly<Record<string, string>> {
  const parts = name.split("-");
  const capital = (word: string) => word.slice(0, 1).toUpperCase() + word.slice(1);
  const title = [capital(parts[0] ?? ""), ...parts.slice(1)].join(" ");
  const stem = parts
    .filter((part, at) => at === 0 || part !== "plugin")
    .map(capital)
    .join("");
  return { name, title, module: name.replaceAll("-", "_"), Class: `${stem}Plugin` };
}

function textOf(system: string, { from }: ScaffoldFile, words: Readonly<Record<string, string>>): string {
  if ("body" in from) return `${filled(from.body.join("\n"), words)}\n`;
  const snippet = SYSTEMS.find(({ id }) => id === system)?.snippets?.find(({ title }) => title === from.snippet);
  const body = snippet?.body ?? "";
  const values = Object.fromEntries(Object.entries(from.values).map(([place, value]) => [place, filled(value, words)]));
  return `${withValues(typeof body === "string" ? body : body.join("\n"), values).trimEnd()}\n`;
}

/** Only our own words: a template literal of JavaScript stays as it is. */
function filled(text: string, words: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{(name|title|module|Class|folder)\}/g, (whole, word: string) => words[word] ?? whole);
}

async function refuseOccupied(target: string): Promise<void> {
  const names = await readdir(target).catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return [];
    throw refused(`"${path.basename(target)}" is no folder that can be used`, "choose another folder");
  });
  if (names.length === 0) return;
  throw refused(
    `"${path.basename(target)}" is not empty; nothing is overwritten`,
    "choose a folder that is not there yet",
  );
}

async function placed(
  target: string,
  files: readonly { readonly path: string; readonly text: string }[],
): Promise<void> {
  const part = path.join(path.dirname(target), `.${path.basename(target)}.${randomBytes(4).toString("hex")}.part`);
  try {
    for (const file of files) {
      const place = path.join(part, file.path);
      await mkdir(path.dirname(place), { recursive: true });
      await writeFile(place, file.text, { flag: "wx" });
    }
    await rmdir(target).catch(() => undefined);
    await rename(part, target);
  } catch (error) {
    await rm(part, { recursive: true, force: true }).catch(() => undefined);
    throw diskError(error, { step: "new", place: target, signal: new AbortController().signal });
  }
}

function refused(message: string, next: string): HostError {
  return new HostError({ kind: "refused", step: "new", message, next });
}
