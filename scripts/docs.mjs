// Writes the generated documentation: a page per rule from the rule tables, a page per document from its schema.
// Needs the compiled server (`tsc -b server`). `--check` writes nothing and fails when a page is out of step.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import process from "node:process";
import { inProject } from "./support/root.mjs";

const require = createRequire(import.meta.url);
const { DEFAULT_SETTINGS, parseText, SYSTEMS } = require(inProject("out", "server", "service", "index.js"));

const { CAPABILITIES } = require(inProject("out", "server", "lsp", "capabilities.js"));

/** Every request of the protocol about documents and workspaces, with the capability that announces it. */
const METHODS = {
  "textDocument/publishDiagnostics": "textDocumentSync",
  "textDocument/completion": "completionProvider",
  "completionItem/resolve": "completionProvider.resolveProvider",
  "textDocument/hover": "hoverProvider",
  "textDocument/signatureHelp": "signatureHelpProvider",
  "textDocument/declaration": "declarationProvider",
  "textDocument/definition": "definitionProvider",
  "textDocument/typeDefinition": "typeDefinitionProvider",
  "textDocument/implementation": "implementationProvider",
  "textDocument/references": "referencesProvider",
  "textDocument/documentHighlight": "documentHighlightProvider",
  "textDocument/documentSymbol": "documentSymbolProvider",
  "workspace/symbol": "workspaceSymbolProvider",
  "textDocument/codeAction": "codeActionProvider",
  "codeAction/resolve": "codeActionProvider.resolveProvider",
  "textDocument/codeLens": "codeLensProvider",
  "codeLens/resolve": "codeLensProvider.resolveProvider",
  "textDocument/inlayHint": "inlayHintProvider",
  "inlayHint/resolve": "inlayHintProvider.resolveProvider",
  "textDocument/documentLink": "documentLinkProvider",
  "documentLink/resolve": "documentLinkProvider.resolveProvider",
  "textDocument/foldingRange": "foldingRangeProvider",
  "textDocument/selectionRange": "selectionRangeProvider",
  "textDocument/prepareCallHierarchy": "callHierarchyProvider",
  "callHierarchy/incomingCalls": "callHierarchyProvider",
  "callHierarchy/outgoingCalls": "callHierarchyProvider",
  "textDocument/prepareTypeHierarchy": "typeHierarchyProvider",
  "textDocument/prepareRename": "renameProvider.prepareProvider",
  "textDocument/rename": "renameProvider",
  "workspace/willRenameFiles": "workspace.fileOperations.willRename",
  "textDocument/formatting": "documentFormattingProvider",
  "textDocument/rangeFormatting": "documentRangeFormattingProvider",
  "textDocument/onTypeFormatting": "documentOnTypeFormattingProvider",
  "textDocument/linkedEditingRange": "linkedEditingRangeProvider",
  "textDocument/documentColor": "colorProvider",
  "textDocument/semanticTokens": "semanticTokensProvider",
  "textDocument/diagnostic": "diagnosticProvider",
  "workspace/executeCommand": "executeCommandProvider",
};

const pages = new Map();
for (const system of SYSTEMS) {
  for (const rule of system.rules) pages.set(`rules/${rule.code}.md`, rulePage(system, rule));
  for (const kind of system.documents) pages.set(`reference/${system.id}-${kind.id}.md`, referencePage(system, kind));
}
pages.set("rules/README.md", ruleIndex());
pages.set("features.md", featureTable());
pages.set("vscode.md", editorPage(JSON.parse(readFileSync(inProject("package.json"), "utf8")).contributes));

if (process.argv.includes("--check")) check();
else write();

function rulePage(system, rule) {
  const severity = { error: "Error", warning: "Warning", information: "Information", hint: "Hint" }[rule.severity];
  const fence = /^\s*[{["]/.test(rule.wrong ?? rule.right ?? "") ? "json" : "yaml";
  const parts = [
    `# ${rule.code}`,
    `${severity} · ${system.title}`,
    `${sentence(rule.title)}`,
    "## What the host does",
    sentence(rule.host),
  ];
  if (rule.wrong !== undefined) parts.push("## Wrong", code(rule.wrong, fence));
  if (rule.right !== undefined) parts.push("## Right", code(rule.right, fence));
  parts.push("## How to mend it", sentence(rule.fix), "## Switching it off", switchingOff(rule, fence));
  return `${parts.join("\n\n")}\n`;
}

function switchingOff({ code: name }, fence) {
  const setting = `In settings: \`"plugsmith.rules": { "${name}": "off" }\` (or another severity).`;
  if (fence === "json") return setting;
  return `For one line: \`# plugsmith-disable-next-line ${name}\` above it. ${setting}`;
}

function ruleIndex() {
  const lines = ["# Rules", "", "Every problem that Plugsmith reports, by system. Generated from the rule tables."];
  for (const system of SYSTEMS) {
    lines.push("", `## ${system.title}`, "", "| rule | severity | what is wrong |", "| --- | --- | --- |");
    const rows = [...system.rules].sort((a, b) => (a.code < b.code ? -1 : 1));
    for (const { code: name, severity, title } of rows)
      lines.push(`| [${name}](${name}.md) | ${severity} | ${cell(title)} |`);
  }
  return `${lines.join("\n")}\n`;
}

function editorPage({ commands, configuration, taskDefinitions, problemMatchers }) {
  const lines = [
    "# Commands and settings in VS Code",
    "",
    "Generated from what the extension contributes.",
    "",
    "## Commands",
    "",
  ];
  lines.push("| command | id |", "| --- | --- |");
  for (const { title, command } of commands) lines.push(`| Plugsmith: ${cell(title)} | \`${command}\` |`);
  lines.push("", "## Settings", "", "| setting | default | |", "| --- | --- | --- |");
  for (const [key, row] of Object.entries(configuration.properties))
    lines.push(`| \`${key}\` | \`${JSON.stringify(row.default)}\` | ${cell(settingWords(row))} |`);
  lines.push(...taskLines(taskDefinitions, problemMatchers));
  return `${lines.join("\n")}\n`;
}

/** What a setting is for, and each value that it may have, where these are few. */
function settingWords({ markdownDescription, description, enum: values = [], ...row }) {
  const meanings = row.markdownEnumDescriptions ?? row.enumDescriptions;
  const choices = values.map((value, at) => `\`${value}\`: ${meanings[at]}`);
  return [markdownDescription ?? description, ...choices].join(" ");
}

function taskLines(definitions, matchers) {
  return definitions.flatMap(({ type, properties }) => {
    const { enum: names = [], enumDescriptions = [] } = properties.task;
    const rows = names.map((name, at) => `| \`${type}: ${name}\` | ${cell(enumDescriptions[at])} |`);
    const fields = Object.entries(properties)
      .filter(([name]) => name !== "task")
      .map(([name, { description }]) => `\`${name}\`: ${description}`);
    const row = {
      type,
      task: "deploy",
      path: "plugins/notes",
      host: "staging",
      problemMatcher: `$${matchers[0].name}`,
    };
    return [
      "",
      "## Tasks",
      "",
      "Offered by *Run Task*, or written in `tasks.json`:",
      "",
      ...["| task | |", "| --- | --- |", ...rows, ""],
      ...[fields.join(" "), "", "```json", `{ "version": "2.0.0", "tasks": [${JSON.stringify(row)}] }`, "```", ""],
      `The problem matcher \`$${matchers[0].name}\` reads what \`plugsmith check\` prints, in tasks of your own too.`,
    ];
  });
}

function featureTable() {
  const at = (path) => path.split(".").reduce((value, step) => value?.[step], CAPABILITIES);
  const rows = Object.entries(METHODS).map(
    ([method, capability]) => `| ${method} | ${at(capability) ? "yes" : "no"} |`,
  );
  const intro =
    "What the language server answers, method by method. Generated from the capabilities that it announces.";
  const sync = "Documents are synchronised incrementally; problems are pushed, with the document's version.";
  return ["# Language server features", "", intro, "", sync, "", "| method | |", "| --- | --- |", ...rows, ""].join(
    "\n",
  );
}

function referencePage(system, kind) {
  const schema = kind.schema({ parsed: parseText("untitled:x", ""), settings: DEFAULT_SETTINGS });
  const lines = [`# ${kind.title}`, "", sentence(schema.description ?? system.title), "", "Generated from the schema."];
  const seen = new Set();
  section(schema, "", lines, seen, schema);
  return `${lines.join("\n")}\n`;
}

function section(schema, at, lines, seen, root) {
  for (const [name, raw] of propertiesOf(schema, root)) {
    const property = resolve(raw, root);
    const where = at === "" ? name : `${at}.${name}`;
    if (seen.has(where) || where.split(".").length > 4) continue;
    seen.add(where);
    lines.push("", `## ${where}`, "");
    if (at !== "") lines.push(`<a id="${name.toLowerCase()}"></a>`, "");
    lines.push(...describe(raw, property, schema, name));
    const inner = property.items ? resolve(property.items, root) : property;
    section(inner, property.items ? `${where}[]` : where, lines, seen, root);
  }
}

function describe(raw, property, parent, name) {
  const lines = [];
  const deprecation = raw.deprecationMessage ?? property.deprecationMessage;
  if (deprecation) lines.push(`**Deprecated:** ${deprecation}`, "");
  const type = raw["x-type"] ?? property["x-type"] ?? [property.type ?? "any"].flat().join(" or ");
  const standard = raw.default ?? property.default;
  const facts = [type, parent.required?.includes(name) ? "required" : undefined];
  if (standard !== undefined) facts.push(`default \`${JSON.stringify(standard)}\``);
  if (property["x-since"]) facts.push(`since ${property["x-since"]}`);
  lines.push(
    `*${facts.filter(Boolean).join(", ")}*`,
    "",
    raw.markdownDescription ?? plain(raw.description ?? property.description ?? ""),
  );
  const values = property.enum?.filter((value) => value !== "");
  if (values) {
    lines.push("");
    for (const value of values) {
      const told = property.enumDescriptions?.[property.enum.indexOf(value)];
      lines.push(`- \`${JSON.stringify(value)}\`${told ? `: ${told}` : ""}`);
    }
  }
  return lines;
}

function propertiesOf(schema, root) {
  const parts = [schema, ...(schema.allOf ?? []), ...(schema.anyOf ?? [])].map((part) => resolve(part, root));
  const extra = parts.flatMap((part) =>
    typeof part.additionalProperties === "object" ? branches(part.additionalProperties, root) : [],
  );
  return [...parts, ...extra].flatMap((part) => Object.entries(part.properties ?? {}));
}

function branches(schema, root) {
  return [schema, ...(schema.anyOf ?? [])].map((part) => resolve(part, root));
}

function resolve(schema, root) {
  const target = schema.$ref && root.definitions?.[schema.$ref.replace("#/definitions/", "")];
  return target ? { ...target, ...schema } : schema;
}

/** Plain text inside Markdown. */
function plain(text) {
  return text.replace(/[\\`*[\]<>]/g, "\\$&");
}

function code(text, fence) {
  return `\`\`\`${fence}\n${text.trimEnd()}\n\`\`\``;
}
function cell(text) {
  return text.replace(/\|/g, "\\|").replace(/\n/g, " ");
}

function sentence(text) {
  const trimmed = text.trim();
  return `${trimmed.charAt(0).toUpperCase()}${trimmed.slice(1)}${/[.!?:)]$/.test(trimmed) ? "" : "."}`;
}

function existing() {
  const found = [];
  for (const folder of ["rules", "reference"]) {
    const home = inProject("docs", folder);
    if (!existsSync(home)) continue;
    for (const name of readdirSync(home, { recursive: true }))
      if (name.endsWith(".md")) found.push(`${folder}/${name.split(path.sep).join("/")}`);
  }
  return found;
}

function check() {
  const read = (page) =>
    existsSync(inProject("docs", page)) ? readFileSync(inProject("docs", page), "utf8") : undefined;
  const stale = [...pages].filter(([page, text]) => read(page) !== text).map(([page]) => page);
  const dead = existing().filter((page) => !pages.has(page));
  if (stale.length + dead.length === 0) return;
  console.error(`docs are out of step, run "npm run docs": ${[...stale, ...dead].slice(0, 20).join(", ")}`);
  process.exitCode = 1;
}

function write() {
  for (const page of existing()) if (!pages.has(page)) rmSync(inProject("docs", page));
  for (const [page, text] of pages) {
    mkdirSync(path.dirname(inProject("docs", page)), { recursive: true });
    writeFileSync(inProject("docs", page), text);
  }
  console.log(`${pages.size} pages written`);
}
