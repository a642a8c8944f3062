// A plan as a text for people, the same in the editor and in the terminal. Whole: a reader who has seen it knows what will happen.
import type { Change } from "../hosts/host.js";
import { lineDiff } from "./lineDiff.js";
import type { ActionPlan, Operation, PagesAndMenus, PlannedPackage } from "./plan.js";

export function planText(plan: ActionPlan): string {
  const { changes, conflict, dependents, findings, gains, losses } = plan;
  const lines = [
    planTitle(plan),
    ...section("Changes", changes.map(changeWords)),
    ...section("On the host now", [thereWords(plan), conflict?.said ?? ""].filter(Boolean)),
    ...section("Plugins on the host that need it", dependents),
    ...section("Gained", pages(gains)),
    ...section("Lost", pages(losses)),
    ...section(
      "Know before",
      findings.map(({ severity, message, file }) => `${severity}: ${file === undefined ? "" : `${file}: `}${message}`),
    ),
    ...(plan.package === undefined ? [] : packageLines(plan.package)),
    ...changes.flatMap(diffLines),
  ];
  return `${lines.join("\n")}\n`;
}

/** A host that doesn't tell the version that it runs may still show its files. */
function thereWords({ there, conflict }: ActionPlan): string {
  if (there === undefined) return "";
  if (there.version !== undefined) return `${there.version}, ${there.state}`;
  const files = conflict?.there?.version;
  return files === undefined
    ? `a version that it doesn't tell, ${there.state}`
    : `${there.state}, and its files are ${files}`;
}

/** `Deploy "@acme/hello" 1.1.0 to staging (https://buntime.example.org), a shared host`. */
export function planTitle(plan: ActionPlan): string {
  const { name, url, level } = plan.host;
  const where = url === undefined ? name : `${name} (${url})`;
  return `${verbs[plan.operation][0]} ${pluginWords(plan)} ${verbs[plan.operation][1]} ${where}, a ${level} host`;
}

export function pluginWords({ plugin }: Pick<ActionPlan, "plugin">): string {
  if (plugin === undefined) return "the plugins";
  return `"${plugin.name}"${plugin.version === undefined ? "" : ` ${plugin.version}`}`;
}

/** The word on the button, and the one between plugin and host. */
export const verbs: Readonly<Record<Operation, readonly [verb: string, to: string]>> = {
  upload: ["Upload", "to"],
  deploy: ["Deploy", "to"],
  rollback: ["Roll Back", "on"],
  remove: ["Remove", "from"],
  reload: ["Reload", "of"],
  enable: ["Enable", "on"],
  disable: ["Disable", "on"],
};

function changeWords({ action, what, where, detail }: Change): string {
  const more = detail === undefined ? "" : `: ${detail}`;
  return `${action.padEnd(7)} ${what} (${where})${more}`;
}

export function pages({ routes, menus }: PagesAndMenus): readonly string[] {
  return [...routes.map((route) => `page ${route}`), ...menus.map((title) => `menu "${title}"`)];
}

export function sizeWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function packageLines({ bytes, sha256, files, leftOut, steps, origin }: PlannedPackage): readonly string[] {
  const what = `${files.length === 1 ? "1 file" : `${files.length} files`}, ${sizeWords(bytes)} packed, SHA-256 ${sha256}`;
  return [
    ...section("Package", [what, ...(origin === undefined ? [] : [`from commit ${origin}`]), ...steps]),
    ...section(
      "Goes in",
      files.map(({ path, bytes: size, rule }) => {
        const why = rule === undefined || rule === "" ? "" : `  (${rule})`;
        return `${size === undefined ? "" : `${sizeWords(size).padStart(10)}  `}${path}${why}`;
      }),
    ),
    ...section(
      "Stays out",
      leftOut.map(({ path, rule }) => `${path}  (${rule})`),
    ),
  ];
}

function diffLines({ diff }: Change): readonly string[] {
  return diff === undefined
    ? []
    : ["", `${diff.file}:`, ...lineDiff(diff.before, diff.after).map((line) => (line === "" ? "" : `  ${line}`))];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ["", `${title}:`, ...lines.map((line) => `  ${line}`)];
}
