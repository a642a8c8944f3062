// Mistakes as people make them, in a text line by line: each mutant differs from a good file by one slip.

type Random = () => number;
type Slip = (lines: string[], at: number, random: Random) => void;

/** The text with one slip; the same for the same numbers. */
export function mutant(text: string, random: Random): string {
  const lines = text.split("\n");
  const written = lines.flatMap((line, at) => (line.trim() === "" ? [] : [at]));
  const at = pick(written, random);
  const slip = pick(SLIPS, random);
  if (at !== undefined && slip) slip(lines, at, random);
  return lines.join("\n");
}

function pick<One>(all: readonly One[], random: Random): One | undefined {
  return all[Math.floor(random() * all.length)];
}

const inLine =
  (change: (line: string, random: Random) => string): Slip =>
  (lines, at, random) => {
    lines[at] = change(lines[at] ?? "", random);
  };

const value = (text: string): Slip => inLine((line) => line.replace(/: (.+)$/, `: ${text}`));

const SLIPS: readonly Slip[] = [
  (lines, at) => lines.splice(at, 1),
  (lines, at) => lines.splice(at, 0, lines[at] ?? ""),
  (lines, at) => lines.splice(at + 1),
  (lines, at) => lines.splice(at, 0, "..."),
  (lines, at) => lines.splice(at, 0, "---"),
  inLine((line) => `  ${line}`),
  inLine((line) => ` ${line}`),
  inLine((line) => line.replace(/^ {1,2}/, "")),
  inLine((line) => line.replace(/[a-z]+(?=:)/, (word) => word.charAt(0).toUpperCase() + word.slice(1))),
  inLine((line) => line.replace(/[A-Za-z]+(?=:)/, (word) => word.toUpperCase())),
  inLine((line) => line.replace(/: .*$|:$/, ":")),
  value('""'),
  value("[$1]"),
  value("{a: $1}"),
  value("3"),
  value("yes"),
  inLine((line) => line.replace(/:( .+)?$/, ": {}")),
  inLine((line) => line.replace(/:( .+)?$/, ": []")),
  inLine((line) => line.replace(/["']/g, "")),
  inLine((line) => line.replace(/["']/, "")),
  inLine((line) => line.replace("- ", "  ")),
  inLine((line) => line.replace("- ", "-")),
  inLine((line) => line.replace(/^( *)(\S)/, "$1- $2")),
  inLine((line) => line.replace(":", "")),
  inLine((line) => line.replace(": ", ":")),
  inLine((line, random) => {
    const words = [...line.matchAll(/[A-Za-z]{3,}/g)];
    const word = pick(words, random);
    return word ? line.slice(0, word.index) + line.slice(word.index + 1) : line;
  }),
];
