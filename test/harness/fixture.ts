// Reads the fixture notation: first line says what it shows, `>>> path` begins a file, `~~~~ severity code: text` marks a
// problem on the columns of the line above, `>>> name` without a slash or dot holds an expectation. See CONTRIBUTING.md.

import type { HostSnapshot, RemoteRefs } from "../../server/service/index.js";

export interface Fixture {
  readonly title: string;
  /** Settings by `>>> settings`, as JSON. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly files: readonly FixtureFile[];
  /** What connected hosts said, by `>>> hosts`, as JSON. */
  readonly hosts?: readonly FixtureHost[];
  /** What remotes said, by `>>> remotes`, as JSON. */
  readonly remotes?: readonly FixtureRemote[];
  /** Expectation sections: `completion`, `hover`, `after <title>`. */
  readonly sections: readonly { readonly name: string; readonly lines: readonly string[] }[];
}

export interface FixtureHost extends Omit<HostSnapshot, "at"> {
  /** How long ago it was said; now when absent. */
  readonly minutes?: number;
}

export interface FixtureRemote extends Omit<RemoteRefs, "at"> {
  readonly minutes?: number;
}

export interface FixtureFile {
  readonly path: string;
  readonly text: string;
  readonly marks: readonly Mark[];
  /** Offset of `<caret>`, which is taken out of the text. */
  readonly caret: number | undefined;
}

export interface Mark {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly severity: string;
  readonly code: string;
  readonly message: string | undefined;
}

const SECTION = /^(settings|completion|hover|links|symbols|folding|after( .*)?|disk|hosts|remotes)$/;
const MARK = /^(\s*)(~+)\s+(error|warning|information|hint)\s+([a-z]+\/[a-z0-9-]+)(?::\s*(.*))?$/;

export function readFixture(source: string): Fixture {
  const [head = "", ...blocks] = source.replace(/\r\n/g, "\n").split(/^>>> /m);
  const files: FixtureFile[] = [];
  const sections: { name: string; lines: string[] }[] = [];
  let settings: Record<string, unknown> = {};
  let hosts: readonly FixtureHost[] = [];
  let remotes: readonly FixtureRemote[] = [];
  for (const block of blocks) {
    const cut = block.indexOf("\n");
    const name = (cut < 0 ? block : block.slice(0, cut)).trim();
    const body = cut < 0 ? "" : block.slice(cut + 1);
    if (name === "settings") settings = JSON.parse(body);
    else if (name === "hosts") hosts = JSON.parse(body);
    else if (name === "remotes") remotes = JSON.parse(body);
    else if (SECTION.test(name)) sections.push({ name, lines: body.split("\n").filter((line) => line.trim() !== "") });
    else files.push(readFile(name, body));
  }
  return { title: head.trim().split("\n")[0] ?? "", settings, hosts, remotes, files, sections };
}

/** A path that begins with "/" stands as it is; others lie in the fixture's own folder. */
export const fixturePath = (path: string): string => (path.startsWith("/") ? path : `/workspace/${path}`);

function readFile(path: string, body: string): FixtureFile {
  const lines: string[] = [];
  const marks: Mark[] = [];
  for (const line of body.split("\n")) {
    const mark = MARK.exec(line);
    if (!mark) {
      lines.push(line);
      continue;
    }
    const [, blank = "", tildes = "", severity = "", code = "", message] = mark;
    marks.push({
      line: lines.length - 1,
      start: blank.length,
      end: blank.length + tildes.length,
      severity,
      code,
      message,
    });
  }
  const marked = lines
    .join("\n")
    .replace(/\\u([0-9a-f]{4})\\/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  const caret = marked.indexOf("<caret>");
  return { path: fixturePath(path), text: marked.replace("<caret>", ""), marks, caret: caret < 0 ? undefined : caret };
}
