// Which rule keeps a path out of the archive: the built-in list, the caller's globs, `.pluginignore`, then `.gitignore`, in this order.
// Built output that the manifest names goes in although `.gitignore` lists it: it nearly always does, and the host needs it.
import { access, readFile } from "node:fs/promises";
import path from "node:path";
import ignore, { type Ignore } from "ignore";

export interface Decision {
  readonly goesIn: boolean;
  /** The rule in words, for the plan: `.gitignore: dist/`. */
  readonly rule: string;
  /** A directory that stays out itself but holds something that goes in. */
  readonly descend: boolean;
}

/** A path, and all below it, that the plugin can't do without, with the reason: `named by pluginEntry`. */
export interface Needed {
  readonly under: string;
  readonly why: string;
}

/** A pattern of a system that keeps files out of its packages, with the reason. */
export interface KeptOut {
  readonly pattern: string;
  readonly why: string;
}

export type Decide = (relative: string, directory: boolean) => Decision;

const builtIn: readonly KeptOut[] = [
  { pattern: ".git", why: "version control" },
  { pattern: ".hg", why: "version control" },
  { pattern: ".svn", why: "version control" },
  { pattern: "node_modules", why: "dependencies; bundle them into the entry" },
  { pattern: ".env*", why: "may hold secrets, and would override the host's settings" },
  { pattern: ".npmrc", why: "may hold secrets" },
  { pattern: ".netrc", why: "may hold secrets" },
  { pattern: ".buntime-*", why: "the host's own copies" },
  { pattern: "*.tgz", why: "an archive" },
  { pattern: "*.tar.gz", why: "an archive" },
  { pattern: "*.tgz.*.part", why: "an archive being written" },
  { pattern: "*.vsix", why: "an archive" },
  { pattern: ".vscode", why: "editor settings" },
  { pattern: ".idea", why: "editor settings" },
  { pattern: ".DS_Store", why: "the system's own file" },
  { pattern: "Thumbs.db", why: "the system's own file" },
  { pattern: "*.log", why: "a log" },
  { pattern: ".gitignore", why: "for packaging only" },
  { pattern: ".gitattributes", why: "for packaging only" },
  { pattern: ".pluginignore", why: "for packaging only" },
  { pattern: ".plugsmith.json", why: "facts that Plugsmith adds itself" },
];

const ownIgnoreFile = ".pluginignore";

export interface PackRules {
  readonly needed: readonly Needed[];
  readonly keptOut: readonly KeptOut[];
  readonly exclude: readonly string[];
}

export async function rulesFor(folder: string, { needed, keptOut, exclude }: PackRules): Promise<Decide> {
  const fixedRows = [...builtIn, ...keptOut];
  const always = ignore().add(fixedRows.map((row) => row.pattern));
  const extra = exclude.length === 0 ? undefined : ignore().add([...exclude]);
  const ownText = await textOf(path.join(folder, ownIgnoreFile));
  const own = ownText === undefined ? undefined : ignore().add(ownText);
  const git = await gitRules(folder);
  return (relative, directory) => {
    const at = directory ? `${relative}/` : relative;
    const fixed = always.test(at);
    if (fixed.ignored) return out(`built in: ${whyOf(fixedRows, fixed.rule?.pattern)}`);
    const asked = extra?.test(at);
    if (asked?.ignored === true) return out(`plugsmith.package.exclude: ${asked.rule?.pattern ?? ""}`);
    const owned = own?.test(at);
    if (owned?.ignored === true) return out(`${ownIgnoreFile}: ${owned.rule?.pattern ?? ""}`);
    if (own !== undefined && unignoredAt(own, at))
      return { goesIn: true, rule: `${ownIgnoreFile} takes it in`, descend: true };
    const pattern = git(at);
    if (pattern === undefined) return { goesIn: true, rule: "", descend: true };
    const asNeeded = needed.find((item) => relative === item.under || relative.startsWith(`${item.under}/`));
    if (asNeeded !== undefined)
      return { goesIn: true, rule: `${asNeeded.why}, over .gitignore: ${pattern}`, descend: true };
    const holdsNeeded = directory && needed.some((item) => item.under.startsWith(at));
    return { goesIn: false, rule: `.gitignore: ${pattern}`, descend: holdsNeeded };
  };
}

/** True when a negative pattern took in the path itself or a folder above it. */
function unignoredAt(rules: Ignore, at: string): boolean {
  if (rules.test(at).unignored) return true;
  const parts = at.replace(/\/$/, "").split("/");
  for (let length = parts.length - 1; length > 0; length -= 1) {
    if (rules.test(`${parts.slice(0, length).join("/")}/`).unignored) return true;
  }
  return false;
}

/** The `.gitignore` files of the folder and of the repository around it. */
async function gitRules(folder: string): Promise<(at: string) => string | undefined> {
  const levels: { readonly prefix: string; readonly rules: Ignore }[] = [];
  for (const { directory, prefix } of await gitLevels(folder)) {
    const text = await textOf(path.join(directory, ".gitignore"));
    if (text === undefined) continue;
    const rules = ignore().add(text);
    // A plugin folder that is ignored as a whole is packed on purpose: the outer rule is not about its parts.
    if (prefix === "" || !rules.test(prefix).ignored) levels.push({ prefix, rules });
  }
  return (at) => {
    let pattern: string | undefined;
    for (const level of levels) {
      const found = level.rules.test(`${level.prefix}${at}`);
      if (found.ignored) pattern = found.rule?.pattern ?? "";
      else if (found.unignored) pattern = undefined;
    }
    return pattern;
  };
}

/** From the repository's top down to the folder; the folder alone when there is no repository. */
async function gitLevels(folder: string): Promise<readonly { readonly directory: string; readonly prefix: string }[]> {
  const levels = [{ directory: folder, prefix: "" }];
  for (let at = folder, prefix = ""; ; ) {
    if (await exists(path.join(at, ".git"))) return levels;
    const parent = path.dirname(at);
    if (parent === at) return levels.slice(-1);
    prefix = `${path.basename(at)}/${prefix}`;
    levels.unshift({ directory: parent, prefix });
    at = parent;
  }
}

function out(rule: string): Decision {
  return { goesIn: false, rule, descend: false };
}

function whyOf(rows: readonly KeptOut[], pattern: string | undefined): string {
  const row = rows.find((item) => item.pattern === pattern);
  return row === undefined ? (pattern ?? "") : `${row.pattern} (${row.why})`;
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch {
    return undefined;
  }
}
