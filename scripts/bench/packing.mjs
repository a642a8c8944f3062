// How long a package takes, beside `tar` and `gzip` at the same compression: many small files, and in a full run one large one. Ours
// also reads the folder's rules, digests each file and looks for credentials in it. Both take turns; the best of each counts.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";

/** @returns rows of milliseconds, `start` being the program's own start, and the most memory in MiB. */
export async function packing(cli, folder, quick) {
  const rounds = quick ? 2 : 4;
  const small = (count) => ({ what: `${count.toLocaleString("en")} files`, count, bytes: 3000, rounds });
  const cases = quick
    ? [small(10), small(1000)]
    : [small(10), small(1000), small(19_000), { what: "one file of 200 MB", count: 1, bytes: 200e6, rounds: 1 }];
  const usable = spawnSync("tar", ["--version"]).status === 0 && spawnSync("gzip", ["--version"]).status === 0;
  return usable ? cases.map((one) => packed(cli, folder, one)) : [];
}

function packed(cli, folder, { what, count, bytes, rounds }) {
  const plugin = path.join(folder, `p${count}`);
  generate(plugin, count, bytes);
  const usage = path.join(folder, "usage");
  const ours = ["-r", path.join(import.meta.dirname, "usage.cjs"), cli];
  // The host would not take a package of such a size, so it has to be forced.
  const pack = [...ours, "package", plugin, "--force", "-o", path.join(folder, "ours.tgz")];
  const env = { ...process.env, PLUGSMITH_USAGE: usage };
  const best = { tar: Number.POSITIVE_INFINITY, ours: Number.POSITIVE_INFINITY, start: Number.POSITIVE_INFINITY };
  let memory = 0;
  for (let round = 0; round < rounds; round++) {
    best.tar = Math.min(best.tar, timeOf("tar", ["-c", "-I", "gzip -9", "-f", path.join(folder, "tar.tgz"), plugin]));
    best.start = Math.min(best.start, timeOf(process.execPath, [...ours, "--version"], env));
    best.ours = Math.min(best.ours, timeOf(process.execPath, pack, env));
    memory = Math.max(memory, Number(readFileSync(usage, "utf8")));
  }
  rmSync(folder, { recursive: true });
  return { what, ...best, memory };
}

function timeOf(program, args, env = process.env) {
  const began = performance.now();
  const { status, stderr } = spawnSync(program, args, { env, encoding: "utf8", maxBuffer: 64e6 });
  if (status !== 0) throw new Error(`${path.basename(program)} ${args.join(" ")} ended with ${status}: ${stderr}`);
  return performance.now() - began;
}

function generate(plugin, count, bytes) {
  mkdirSync(plugin, { recursive: true });
  const manifest = 'name: "@example/p"\nversion: "1.0.0"\nbase: /p\npluginEntry: plugin.js\n';
  writeFileSync(path.join(plugin, "manifest.yaml"), manifest);
  writeFileSync(path.join(plugin, "plugin.js"), "export default () => ({ onInit() {} });\n");
  for (let at = 0; at < count; at++) {
    const folder = path.join(plugin, `part${at % 50}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, `f${at}.txt`), words(at, bytes));
  }
}

/** Text that compresses as prose does. */
function words(seed, bytes) {
  let state = seed + 1;
  const next = () => (state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff);
  const piece = Array.from({ length: Math.min(bytes / 8, 100_000) }, () =>
    (next() % (next() % 4000 || 1)).toString(36),
  );
  const text = `${piece.join(" ")}\n`;
  return text.repeat(Math.ceil(bytes / text.length)).slice(0, bytes);
}
