// The help texts, made from the table of commands: an overview, and one page per command.

import type { Command, Option } from "./command.js";

export function overview(commands: readonly Command[]): string {
  return [
    "plugsmith: write, check and ship server plugins for SkyPilot, Buntime, Metaflow UI and OpenJourney Server",
    "",
    "Usage: plugsmith COMMAND [options]",
    "",
    "Commands:",
    ...rows(commands.map(({ name, operands, summary }) => [`${name} ${operands}`.trim(), summary])),
    "",
    "Which host: --host NAME (a row of plugsmith.hosts in .vscode/settings.json or in --config FILE),",
    'or --system SYSTEM --url ADDRESS. The key is taken from PLUGSMITH_TOKEN, or for the host "team"',
    "first from PLUGSMITH_TOKEN_TEAM, and never written anywhere.",
    "",
    "Exit codes: 0 done and verified, or clean · 1 refused, failed, or errors found · 2 misuse",
    "",
    "plugsmith help COMMAND tells more about one command, plugsmith --version the version.",
  ].join("\n");
}

export function commandHelp({ name, operands, summary, about, options, examples }: Command): string {
  return [
    `Usage: plugsmith ${`${name} ${operands}`.trim()} [options]`,
    "",
    `${summary.slice(0, 1).toUpperCase()}${summary.slice(1)}.`,
    ...about.flatMap((paragraph) => ["", ...wrapped(paragraph, 96)]),
    "",
    "Options:",
    ...rows([...options.map((option) => [shown(option), option.about] as const), ["-h, --help", "show this text"]]),
    "",
    "Examples:",
    ...examples.map((example) => `  ${example}`),
  ].join("\n");
}

function shown({ name, short, value, oneOf }: Option): string {
  const long = `--${name}${value === undefined ? "" : ` ${oneOf?.join("|") ?? value}`}`;
  return short === undefined ? `    ${long}` : `-${short}, ${long}`;
}

/** Two columns; a left side that is too long for its column gets a line of its own. */
function rows(pairs: readonly (readonly [string, string])[]): string[] {
  const width = Math.min(30, Math.max(...pairs.map(([left]) => left.length)));
  return pairs.flatMap(([left, right]) => {
    const [first = "", ...more] = wrapped(right, 94 - width);
    const indent = " ".repeat(width + 4);
    const rest = more.map((line) => indent + line);
    return left.length > width
      ? [`  ${left}`, indent + first, ...rest]
      : [`  ${left.padEnd(width)}  ${first}`, ...rest];
  });
}

function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
