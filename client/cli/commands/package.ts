// `plugsmith package`: shows what goes into a plugin's package, and writes it.

import fs from "node:fs";
import path from "node:path";
import type { Finding, PackPlan, Shipment } from "../../ops/index.js";
import { type Call, type Command, type ExitCode, JSON_OPTION } from "../command.js";
import type { Terminal } from "../terminal.js";

export const packageCommand: Command = {
  name: "package",
  operands: "DIR",
  summary: "pack a plugin into one file, as its host takes it",
  about: [
    "Shows each file that goes in, and what stays out by which rule. The same input gives the same bytes. Links, credentials and files outside " +
      "the folder are refused; what .pluginignore and .gitignore name stays out, except for built output that the manifest names.",
    "A Buntime package is the archive that its hosts take. One of Metaflow UI holds the served files and the PLUGINS entry, one of SkyPilot the wheels " +
      "and entries, one of OpenJourney the rendered manifests and the image, which docker builds: these are for Plugsmith's own upload and rollback.",
  ],
  examples: [
    "plugsmith package plugins/hello",
    "plugsmith package plugins/hello --dry-run",
    "plugsmith package . -o hello.tgz",
  ],
  takes: [1, 1],
  options: [
    {
      name: "output",
      short: "o",
      value: "FILE",
      about: "where the archive goes: a file, or a folder; NAME-VERSION.tgz here by default",
    },
    { name: "dry-run", about: "show the plan and write nothing" },
    { name: "system", value: "SYSTEM", about: "whose plugin the folder is, where its files leave that open" },
    { name: "force", about: "write the archive in spite of problems that only the host would have" },
    JSON_OPTION,
  ],
  run: async (call) => {
    const { archiveName, packerOf, stops } = await import("../../ops/index.js");
    const { packOptions, pluginFolder, systemOf } = await import("../hosts/packing.js");
    const folder = await pluginFolder(call, call.operands[0] ?? ".");
    call.terminal.progress("planning");
    const { exclude, diagnostics, tools } = await packOptions(call, folder);
    const packer = packerOf(await systemOf(call, folder));
    const plan = await packer.plan(folder, { exclude, signal: call.signal, tools });
    const findings = await packer.preflight(plan, diagnostics);
    const isRefused = stops(findings) && !(call.on("force") && !stops(plan.findings));
    const file = targetOf(call, archiveName(plan));
    const shipment =
      isRefused || call.on("dry-run") ? undefined : await packer.write(plan, { file, signal: call.signal, tools });
    return tell(call, { plan, findings, shipment, isRefused });
  },
};

function targetOf({ terminal, value }: Call, name: string): string {
  const wanted = value("output");
  const at = path.resolve(terminal.cwd, wanted ?? name);
  const isFolder =
    wanted !== undefined && (/[\\/]$/.test(wanted) || fs.statSync(at, { throwIfNoEntry: false })?.isDirectory());
  return isFolder ? path.join(at, name) : at;
}

interface Outcome {
  readonly plan: PackPlan;
  readonly findings: readonly Finding[];
  readonly shipment: Shipment | undefined;
  readonly isRefused: boolean;
}

async function tell({ terminal, on }: Call, { plan, findings, shipment, isRefused }: Outcome): Promise<ExitCode> {
  const { stopped } = await import("../../ops/index.js");
  const { errorData, noteFindings, pluginWords, shipmentData, sizeWords } = await import("../hosts/words.js");
  if (on("json")) {
    const archive = shipment && { path: shipment.path, ...shipmentData(shipment) };
    const { system, name, version, files, leftOut, bytes, contents } = plan;
    const plugin = { system, name, version };
    const error = isRefused ? errorData(stopped("package", findings, "nothing was packed")) : undefined;
    const data = { error, plugin, archive, files, leftOut, bytes, contents, findings };
    terminal.print(JSON.stringify(data, undefined, 2));
    return isRefused ? 1 : 0;
  }
  terminal.print(planLines(plan, sizeWords, terminal).join("\n"));
  noteFindings(findings, terminal);
  if (isRefused) terminal.note("plugsmith: nothing was packed; correct the errors and package again");
  else if (shipment) {
    const { path: at, bytes, sha256 } = shipment;
    terminal.print(`wrote ${terminal.shown(at)}: ${pluginWords(shipment)}, ${sizeWords(bytes)}, sha256 ${sha256}`);
  }
  return isRefused ? 1 : 0;
}

function planLines({ files, leftOut, bytes }: PackPlan, size: (bytes: number) => string, terminal: Terminal): string[] {
  const goesIn = files.map(
    (file) => `  + ${file.path}  ${size(file.bytes)}${file.rule === "" ? "" : `  (${file.rule})`}`,
  );
  const staysOut = leftOut.map((one) => terminal.style("dim", `  - ${one.path}  (${one.rule})`));
  return [
    ...goesIn,
    ...staysOut,
    `${files.length} ${files.length === 1 ? "file" : "files"}, ${size(bytes)} before compression`,
  ];
}
