// Everything that can be known here, before anything is sent, about whether a host would take and load the plugin:
// the plan's findings, the manifest's fields, the entry's text, and what the caller's diagnostics say of the same files.
import { readFile } from "node:fs/promises";
import { isBuiltin } from "node:module";
import path from "node:path";
import { buntime } from "../../../../../server/service/index.js";
import { type DiagnosticLike, findingsWith } from "../../../pack/findings.js";
import type { Finding } from "../../host.js";
import { fieldFindings } from "./fields.js";
import { entryOf } from "./needed.js";
import type { BuntimePlan } from "./plan.js";

export async function preflight(
  plan: BuntimePlan,
  diagnostics: readonly DiagnosticLike[] = [],
): Promise<readonly Finding[]> {
  const fields = plan.manifest === undefined ? [] : fieldFindings(plan.manifest);
  const own = [...plan.findings, ...fields, ...(await entryFindings(plan)), ...(await packageJsonFindings(plan))];
  return findingsWith(own, diagnostics);
}

const mostCode = 20_000_000;

async function entryFindings(plan: BuntimePlan): Promise<readonly Finding[]> {
  const entry = plan.manifest === undefined ? undefined : entryOf(plan.manifest, plan.files);
  if (entry === undefined) return [];
  const text = await readFile(path.join(plan.folder, entry), "utf8").catch(() => undefined);
  if (text === undefined) return [];
  const mistake = text.length > mostCode ? undefined : buntime.syntaxMistake(entry, text);
  if (mistake !== undefined) {
    const message = `"${entry}" has a syntax error in line ${mistake.line} (${mistake.message}); the plugin fails, and the host's next reload may never answer, correct it or build it again`;
    return [{ severity: "error", code: "buntime/entry-syntax", message, file: entry }];
  }
  return importFindings(plan, entry, text);
}

/** A reload reads the entry anew, but never what the entry imports; and bare names resolve only where the host put them. */
function importFindings(plan: BuntimePlan, entry: string, text: string): readonly Finding[] {
  const findings: Finding[] = [];
  const files = new Set(plan.files.map((file) => file.path));
  const near = importsOf(text).filter((name) => name.startsWith("."));
  const local = near.find((name) => reaches(files, path.posix.join(path.posix.dirname(entry), name)));
  if (local !== undefined) {
    const message = `"${entry}" imports "${local}"; a reload of the host doesn't read a changed import again, bundle the entry into one file`;
    findings.push({ severity: "warning", code: "package/entry-imports", message, file: entry });
  }
  const bare = importsOf(text).find(
    (name) => /^[@a-z]/i.test(name) && !/^[a-z]+:/i.test(name) && name !== "bun" && !isBuiltin(name),
  );
  if (bare !== undefined && entry.endsWith(".js")) {
    const message = `"${entry}" imports "${bare}", which is not packed; the host finds it only if it has it itself, bundle it into the entry`;
    findings.push({ severity: "warning", code: "package/bare-import", message, file: entry });
  }
  return findings;
}

function importsOf(text: string): readonly string[] {
  // Whole statements at the start of a line, so that texts inside a bundle don't count.
  const statement = /^\s*(?:import|export)\b(?:[^;'"`]*?\bfrom\s*)?\s*["']([^"'\n]+)["']/gm;
  return [...text.matchAll(statement)].flatMap((match) => (match[1] === undefined ? [] : [match[1]]));
}

function reaches(files: ReadonlySet<string>, target: string): boolean {
  return ["", ".js", ".mjs", ".ts", "/index.js", "/index.ts"].some((end) => files.has(`${target}${end}`));
}

/** The host reads package.json when it is there, and fails on one that doesn't parse. */
async function packageJsonFindings(plan: BuntimePlan): Promise<readonly Finding[]> {
  if (!plan.files.some((file) => file.path === "package.json")) return [];
  try {
    JSON.parse((await readFile(path.join(plan.folder, "package.json"), "utf8")).replace(/^\uFEFF/, ""));
    return [];
  } catch {
    const message = "package.json is not JSON; the host refuses the upload, correct it or leave it out";
    return [{ severity: "error", code: "package/package-json", message, file: "package.json" }];
  }
}
