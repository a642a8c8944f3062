// Two versions of a small text file as lines: "- gone", "+ new", "  the same" with three lines around each change. For terminals; an
// editor shows its own.

const around = 3;
/** Beyond this the comparison would take long; such files are told of by their sizes. */
const mostLines = 3000;

export function lineDiff(before: string, after: string): readonly string[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  if (old.length > mostLines || now.length > mostLines)
    return [`${old.length} lines become ${now.length} lines; too long to be shown here`];
  return near(marked(old, now)).map((line) => (/^[-+ ] $/.test(line) ? line.trimEnd() : line));
}

function linesOf(text: string): readonly string[] {
  const lines = text.replaceAll("\r\n", "\n").split("\n");
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}

/** By the longest common subsequence, computed from the end. */
function marked(old: readonly string[], now: readonly string[]): readonly string[] {
  const width = now.length + 1;
  const common = new Uint16Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1) {
      const here = i * width + j;
      common[here] =
        old[i] === now[j]
          ? (common[here + width + 1] ?? 0) + 1
          : Math.max(common[here + width] ?? 0, common[here + 1] ?? 0);
    }
  }
  const lines: string[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      lines.push(`  ${old[i]}`);
      i += 1;
      j += 1;
    } else if (
      j >= now.length ||
      (i < old.length && (common[(i + 1) * width + j] ?? 0) >= (common[i * width + j + 1] ?? 0))
    ) {
      lines.push(`- ${old[i]}`);
      i += 1;
    } else {
      lines.push(`+ ${now[j]}`);
      j += 1;
    }
  }
  return lines;
}

function near(lines: readonly string[]): readonly string[] {
  const shown = lines.map((_, at) =>
    lines.slice(Math.max(0, at - around), at + around + 1).some((line) => !line.startsWith(" ")),
  );
  return lines.flatMap((line, at) => {
    if (shown[at] === true) return [line];
    return shown[at - 1] === true || at === 0 ? ["…"] : [];
  });
}
