// What `kubectl diff` prints, object by object; and the same with its values left out, for manifests that may hold credentials.

export interface ObjectDiff {
  /** `apps.v1.Deployment.default.web`. */
  readonly object: string;
  /** The lines around the differences, as they are and as they would be. */
  readonly before: string;
  readonly after: string;
}

/** kubectl's unified diff, one file for each object. */
export function objectDiffs(diff: string): readonly ObjectDiff[] {
  return diff.split(/^diff .*$/m).flatMap((part) => {
    const object = /^\+\+\+ \S*[\\/]([^\\/\s]+)/m.exec(part)?.[1];
    if (object === undefined) return [];
    const lines = part
      .slice(part.indexOf("@@"))
      .replace(/\r?\n$/, "")
      .split(/\r?\n/)
      .slice(1)
      .map((line) => (line.startsWith("@@") ? " …" : line))
      .filter((line) => !line.startsWith("\\"));
    // Some programs leave the space of an unchanged empty line out.
    const side = (sign: "-" | "+") =>
      lines.filter((line) => line === "" || line.startsWith(" ") || line.startsWith(sign)).map((line) => line.slice(1));
    return [{ object, before: textOf(side("-")), after: textOf(side("+")) }];
  });
}

/** No lines are no text, and not an empty line. */
function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}

/** A diff in which keys, numbers and what these keys hold can be read, and of every other value only that it changes. */
export function withoutValues(diff: string): string {
  return diff
    .split("\n")
    .map((line) => (/^(?:diff |--- |\+\+\+ |@@|\\)/.test(line) ? line : shownLine(line)))
    .join("\n");
}

const shownKeys = ["apiVersion", "kind", "name", "namespace", "image", "imagePullPolicy", "type", "mountPath"];

function shownLine(line: string): string {
  const [, sign = "", space = "", key, value = ""] = /^([ +-]?)(\s*(?:- )*)(?:([\w.-]+):)?(.*)$/.exec(line) ?? [];
  const text = value.trim();
  if (text === "") return line;
  const isShown =
    key !== undefined && (shownKeys.includes(key) || /^-?\d+$|^(?:true|false|null|\{\}|\[\])$/.test(text));
  if (isShown) return line;
  const hidden = { "-": "••• (as it is)", "+": "••• (as it will be)" }[sign] ?? "•••";
  return `${sign}${space}${key === undefined ? "" : `${key}: `}${hidden}`;
}
