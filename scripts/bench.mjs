#!/usr/bin/env node
// `npm run bench`: our language server beside yaml-language-server and VS Code's JSON server, in one run, over stdio. A run of
// everything puts its figures into PERFORMANCE.md; --write does so for any.
//   --quick            within two minutes: few samples, 10 and 1,000 entries
//   --sizes=10,1000    other numbers of entries            --only=start,plugins.yaml   some of the measures and documents:
//                      start, open, the documents' names, life, packing, workspace
//   --server=FILE      another build than a fresh minified one
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { CASES, documentOf } from "./bench/documents.mjs";
import { endServers } from "./bench/editor.mjs";
import { life } from "./bench/life.mjs";
import { coldStart, openDocument } from "./bench/measures.mjs";
import { outside } from "./bench/outside.mjs";
import { packing } from "./bench/packing.mjs";
import { reportOf, writeReport } from "./bench/report.mjs";
import { ensurePeers, floor, ours, peerFor } from "./bench/servers.mjs";
import { workspace } from "./bench/workspace.mjs";
import { ensureInstalled } from "./support/install.mjs";
import { endWithUs } from "./support/processes.mjs";
import { inProject } from "./support/root.mjs";
import { say } from "./support/steps.mjs";

const options = {
  quick: { type: "boolean", default: false },
  write: { type: "boolean", default: false },
  sizes: { type: "string" },
  only: { type: "string" },
  server: { type: "string" },
};
const folder = mkdtempSync(path.join(os.tmpdir(), "plugsmith-benchmark-"));

async function main() {
  const { values } = parseArgs({ options });
  const sizes = (values.sizes ?? (values.quick ? "10,1000" : "10,100,1000,10000")).split(",").map(Number);
  if (sizes.some((size) => !Number.isInteger(size) || size < 5)) throw new Error("--sizes are whole numbers from 5 on");
  const only = values.only?.split(",") ?? [];
  const named = Object.keys(CASES).filter((name) => only.includes(name));
  const names = named.length > 0 ? named : Object.keys(CASES);
  const parts = only.filter((part) => ["start", "open"].includes(part));
  await ensureInstalled();
  await ensurePeers();
  const own = await ours(values.server);

  const results = [];
  const others = only.filter((part) => ["life", "packing", "workspace"].includes(part));
  const isOnly = others.length > 0 && parts.length === 0 && named.length === 0;
  for (const name of isOnly ? [] : names) {
    if (parts.length === 0 || parts.includes("start")) {
      say(`${name}: cold start`);
      results.push(await measured(documentOf(name, 3), own, coldStart, { rounds: values.quick ? 5 : 15 }));
    }
    for (const size of parts.length === 0 || parts.includes("open") ? sizes : []) {
      say(`${name}: ${size} entries`);
      results.push(await measured(documentOf(name, size), own, openDocument, samplesFor(size, values.quick)));
    }
  }
  const asks = (part) => only.length === 0 || only.includes(part);
  const lasting = asks("life") ? await lifeOf(own, values.quick) : [];
  const cli = path.join(path.dirname(own.args[0]), "cli.js");
  const packed = asks("packing") ? await packing(cli, path.join(folder, "packing"), values.quick) : [];
  const checked = asks("workspace") ? await workspace(cli, path.join(folder, "workspace"), values.quick) : [];
  const changed = asks("workspace") ? await outside(own, path.join(folder, "outside"), values.quick) : [];
  const peers = [peerFor(documentOf("plugins.yaml", 5)), peerFor(documentOf("plugins.json", 5))];
  const servers = [own, ...peers.filter((peer) => peer !== undefined)];
  const report = reportOf(results, { servers, lasting, packed, checked, changed, quick: values.quick });
  console.log(report);
  const isWhole = only.length === 0 && values.sizes === undefined && !values.quick;
  if (values.write || isWhole) writeReport(inProject("PERFORMANCE.md"), report);
}

async function measured(document, own, measure, counts) {
  const home = path.join(folder, `${document.name}-${document.count}`);
  mkdirSync(home);
  for (const [file, text] of Object.entries({ [document.name]: document.text, ...document.files })) {
    mkdirSync(path.dirname(path.join(home, file)), { recursive: true });
    writeFileSync(path.join(home, file), text);
  }
  const peer = peerFor(document);
  const servers = [floor, own, ...(peer ? [peer] : [])];
  const [first, second, third] = await measure(servers, document, home, counts);
  return { document, floor: first, ours: second, peer: third };
}

function lifeOf(own, quick) {
  say("memory over a long day");
  const home = path.join(folder, "life");
  mkdirSync(home);
  const counts = quick ? { edits: 200, opens: 60, folders: 10 } : { edits: 5000, opens: 1000, folders: 100 };
  return life(own, home, counts);
}

/** Fewer samples where each is dear: an edit of 10,000 entries takes other servers a second and more. */
function samplesFor(size, quick) {
  const dear = size > 2000;
  if (quick) return { edits: dear ? 6 : 20, hovers: dear ? 5 : 20, bursts: 1, completions: 4 };
  // 200 edits show whether memory stays; at the other sizes fewer tell as much.
  const edits = dear ? 10 : size === 1000 ? 200 : 60;
  return { edits, hovers: dear ? 10 : 40, bursts: dear ? 2 : 4, completions: dear ? 5 : 15 };
}

const tidyUp = () => {
  endServers();
  rmSync(folder, { recursive: true, force: true });
};

endWithUs(async () => tidyUp());
try {
  await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  tidyUp();
}
