// The figures as Markdown tables, ratios beside the goals, and PERFORMANCE.md brought up to date with them. What stands
// outside of the two marks in that file is written by people and stays.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import os from "node:os";
import process from "node:process";
import { COLD_FLOOR, goalOf } from "./goals.mjs";

const START = "<!-- figures: written by npm run bench -->";
const END = "<!-- end of figures -->";

const MEASURES = {
  initialize: "start to `initialize` reply, ms",
  diagnostics: "start to first right diagnostics, ms",
  cpu: "CPU until then, ms",
  memory: "memory then, MiB",
  open: "open to diagnostics, ms",
  keystroke: "keystroke to diagnostics, ms",
  cpuPerEdit: "keystroke, CPU all in, ms",
  completion: "completion after a key, ms",
  hover: "hover in the middle, ms",
  burst: "burst of 100 changes to last diagnostics, ms",
  memoryAfterOpen: "memory after open, MiB",
  memoryAfterEdits: "memory after the edits, MiB",
};

/** Every table, with a line in front that says when, where and what. */
export function reportOf(results, { servers, lasting, packed, checked, changed, quick }) {
  const starts = results.filter(({ document }) => document.count === 3);
  const names = [...new Set(results.map(({ document }) => document.name))];
  const sections = names.flatMap((name) => {
    const opened = results.filter(({ document }) => document.name === name && document.count !== 3);
    return opened.length === 0 ? [] : [`### ${name}`, table(opened)];
  });
  return [
    headline(servers, quick),
    ...(starts.length === 0 ? [] : ["### Cold start, 3 entries, one problem", table(starts)]),
    ...sections,
    lifeTable(lasting),
    packingTable(packed),
    workspaceTable(checked),
    outsideTable(changed),
    results.length === 0 ? "" : verdict(results),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function headline(servers, quick) {
  const versions = servers.map(({ name, version }) => (version ? `${name} ${version}` : name)).join(", ");
  const [cpu] = os.cpus();
  const machine = `${os.cpus().length} × ${cpu?.model.trim() ?? "unknown processor"}, ${Math.round(os.totalmem() / 2 ** 30)} GiB, ${os.type()}`;
  return `Measured on ${new Date().toISOString().slice(0, 10)} on ${machine}, Node.js ${process.versions.node}: ${versions}.${
    quick ? " A quick run with few samples." : ""
  } Load when it ended: ${os.loadavg()[0]?.toFixed(1)}.`;
}

function table(results) {
  const rows = results.flatMap(({ document, floor, ours, peer }) =>
    Object.keys(MEASURES).flatMap((measure) => {
      if (ours[measure] === undefined) return [];
      const ratio = ratioOf(measure, ours, peer);
      const goal = goalOf(measure, document);
      const what = document.count === 3 ? document.name : document.count.toLocaleString("en");
      const cells = [what, MEASURES[measure], shown(floor[measure]), shown(ours[measure]), shown(peer?.[measure])];
      return [[...cells, ratio ? `${round(ratio)} ×` : "–", goal ? `≥ ${goal}${mark(ratio, goal)}` : ""]];
    }),
  );
  const failures = results.flatMap(({ document, ours, peer }) =>
    [ours, peer].flatMap((one) => (one?.failed ? [`At ${document.count} entries: ${one.failed}.`] : [])),
  );
  const head =
    "|  | measure | floor | ours | peer | peer / ours | goal |\n| --- | --- | ---: | ---: | ---: | ---: | ---: |";
  return [[head, ...rows.map((cells) => `| ${cells.join(" | ")} |`)].join("\n"), ...failures].join("\n\n");
}

function lifeTable(rows) {
  return plainTable(
    "Memory over a long day (ours, garbage collected)",
    ["what", "how often", "MiB after 40 %", "MiB at the end", "MiB per 1,000"],
    rows.map(({ what, count, before, after, perThousand }) => [
      what,
      many(count),
      fixed(before),
      fixed(after),
      fixed(perThousand),
    ]),
  );
}

function packingTable(rows) {
  return plainTable(
    "Packing (`plugsmith package` beside `tar` and `gzip -9`)",
    ["what", "tar, ms", "ours, ms", "tar / ours", "ours after its start, ms", "tar / ours", "memory at most, MiB"],
    rows.map(({ what, tar, ours, start, memory }) => {
      const packs = Math.max(1, ours - start);
      return [
        what,
        round(tar),
        round(ours),
        `${round(tar / ours)} ×`,
        round(packs),
        `${round(tar / packs)} ×`,
        fixed(memory),
      ];
    }),
  );
}

function workspaceTable(rows) {
  return plainTable(
    "First full check of a workspace (`plugsmith check` beside a plain walk of its folders)",
    ["plugin folders", "walk, ms", "check, ms", "check of one, ms", "memory at most, MiB"],
    rows.map(({ size, walk, check, memory }) => [
      many(size),
      round(walk),
      round(check),
      fixed(check / size),
      fixed(memory),
    ]),
  );
}

function outsideTable(rows) {
  return plainTable(
    "A file that changes on the disk, all files of the workspace being checked (goal: at most 100 ms)",
    ["plugin folders", "until told of the file itself, ms", "until told of an open file that needs it, ms"],
    rows.map(({ size, itself, dependent }) => [many(size), shown(itself), shown(dependent)]),
  );
}

function plainTable(title, head, rows) {
  if (rows.length === 0) return "";
  const lines = [head, head.map((_, at) => (at === 0 ? "---" : "---:")), ...rows];
  return [`### ${title}`, lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n")].join("\n\n");
}

const many = (count) => count.toLocaleString("en");
const fixed = (value) => value?.toFixed(2) ?? "–";

const mark = (ratio, goal) => (ratio === undefined ? "" : ratio >= goal ? " ✓" : " ✗");

function ratioOf(measure, ours, peer) {
  const [a, b] = [ours[measure]?.median, peer?.[measure]?.median];
  return a && b ? b / a : undefined;
}

const shown = (value) =>
  value?.median === undefined
    ? "–"
    : value.p95 === undefined
      ? round(value.median)
      : `${round(value.median)} / ${round(value.p95)}`;

function round(value) {
  if (value >= 100) return Math.round(value).toLocaleString("en");
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** Each goal in one line of plain words: met, or by how much it is missed. */
function verdict(results) {
  const lines = results.flatMap(({ document, floor, ours, peer }) => {
    const reached = Object.entries(MEASURES).flatMap(([measure, title]) => {
      const goal = goalOf(measure, document);
      const ratio = ratioOf(measure, ours, peer);
      if (goal === undefined || ratio === undefined) return [];
      const where = `${document.name}, ${document.count.toLocaleString("en")} entries`;
      return [
        {
          met: ratio >= goal,
          text: `${where}: ${title.replace(/, (ms|MiB)$/, "")} ${round(ratio)} × (goal ${goal} ×)`,
        },
      ];
    });
    const start =
      ours.diagnostics && floor.diagnostics ? ours.diagnostics.median / floor.diagnostics.median : undefined;
    if (start === undefined) return reached;
    const text = `${document.name}: cold start ${round(start)} × the floor (goal at most ${COLD_FLOOR} ×)`;
    return [...reached, { met: start <= COLD_FLOOR, text }];
  });
  if (lines.length === 0) return "";
  const missed = lines.filter(({ met }) => !met).map(({ text }) => `- ${text}`);
  const shown = missed.length <= FEW ? missed : missed.filter((text) => text.includes("cold start"));
  const marked = "Missed are those with ✗ above";
  const title = missed.length <= FEW ? "Missed:" : shown.length === 0 ? `${marked}.` : `${marked}, and:`;
  return [
    `### Goals: ${lines.length - missed.length} of ${lines.length} met`,
    ...(missed.length === 0 ? ["None is missed."] : [title, ...(shown.length === 0 ? [] : [shown.join("\n")])]),
  ].join("\n\n");
}

/** More missed goals than this are only marked in the tables. */
const FEW = 12;

/** Puts the figures between the marks of a file, or at the end of it. */
export function writeReport(file, report) {
  const text = existsSync(file) ? readFileSync(file, "utf8") : "# Performance\n";
  const [before, rest] = text.split(START);
  const after = rest?.split(END)[1] ?? "\n";
  writeFileSync(file, `${before.trimEnd()}\n\n${START}\n\n${report}\n\n${END}${after}`);
}
