// What is measured, one function each. All servers of a case run side by side and take turns, so that whatever else the
// machine does meets them alike; each edit is waited for unless the measure is about not waiting.
import { setTimeout as sleep } from "node:timers/promises";
import { openEditor } from "./editor.mjs";
import { cpuOf, memoryOf, summary } from "./statistics.mjs";

/** Longer than any server puts its work off after the last change. */
const CALM = 350;
/** Edits before the samples begin: engines compile what runs often. */
const WARM_UP = 4;

/** From the start of the process: to the answer to `initialize`, and to the one problem of a document of 3 entries. */
export async function coldStart(servers, document, folder, { rounds }) {
  const wrong = without(document.text, document.toggle);
  const results = servers.map(() => ({ initialize: [], diagnostics: [], cpu: [], memory: [] }));
  for (let round = 0; round < rounds; round++) {
    for (const [at, server] of servers.entries()) {
      const editor = openEditor(server, folder);
      results[at].initialize.push(await editor.initialize());
      const uri = editor.uriOf(document.name);
      editor.open(uri, document.languageId, wrong);
      await editor.problems(uri, 1);
      results[at].diagnostics.push(performance.now() - editor.spawned);
      results[at].cpu.push(cpuOf(editor.pid));
      results[at].memory.push(memoryOf(editor.pid));
      await editor.close();
    }
  }
  return results.map(summaries);
}

function without(text, { line, character }) {
  const lines = text.split("\n");
  lines[line] = lines[line].slice(0, character) + lines[line].slice(character + 1);
  return lines.join("\n");
}

/** Everything that happens in an open document. */
export async function openDocument(servers, document, folder, counts) {
  const sessions = [];
  for (const server of servers) sessions.push(await open(server, document, folder));
  await turns(sessions, WARM_UP, WARM_UP, edited);
  await turns(sessions, counts.edits, 20, toggle, settleCpu);
  for (const session of sessions) session.memoryAfterEdits = memoryOf(session.editor.pid);
  await turns(sessions, counts.hovers, 10, hover);
  await turns(sessions, counts.bursts, 1, burst);
  await turns(sessions, 1, 1, async (session) => {
    session.editor.change(session.uri, document.completion.setup);
    await calm(session);
  });
  await turns(sessions, counts.completions, 5, complete);
  for (const { editor } of sessions) await editor.close();
  return sessions.map((session) => ({
    failed: session.failed,
    ...summaries(session.samples),
    open: { median: session.opened, p95: session.opened },
    cpuPerEdit: { median: session.cpu === undefined ? undefined : session.cpu / counts.edits },
    memoryAfterOpen: { median: session.memoryAfterOpen },
    memoryAfterEdits: { median: session.memoryAfterEdits },
  }));
}

async function open(server, document, folder) {
  const editor = openEditor(server, folder);
  await editor.initialize();
  const uri = editor.uriOf(document.name);
  const started = performance.now();
  editor.open(uri, document.languageId, document.text);
  await editor.problems(uri, 0);
  const opened = performance.now() - started;
  const session = { editor, uri, document, opened, isWrong: false, cpu: 0, samples: {} };
  await calm(session);
  session.memoryAfterOpen = memoryOf(editor.pid);
  return session;
}

/**
 * Blocks of samples in turn; `around` is done once for each block of a session. A server that fails is left out from
 * there on, and its failure is reported.
 */
async function turns(sessions, count, block, sample, around = (_, work) => work()) {
  for (let done = 0; done < count; done += block) {
    const samples = async (session) => {
      for (let one = done; one < Math.min(count, done + block); one++) await sample(session);
    };
    for (const session of sessions) {
      if (session.failed !== undefined) continue;
      await around(session, samples.bind(undefined, session)).catch((error) => {
        session.failed = error.message;
      });
    }
  }
}

/** CPU of a block of edits with all that the server does once they are over. */
async function settleCpu(session, work) {
  const before = cpuOf(session.editor.pid);
  await work();
  await calm(session);
  const after = cpuOf(session.editor.pid);
  if (before === undefined || after === undefined) session.cpu = undefined;
  else session.cpu += after - before;
}

async function edited(session) {
  const { editor, uri, document } = session;
  const { line, character, text } = document.toggle;
  const started = performance.now();
  if (session.isWrong) editor.change(uri, document.toggle);
  else editor.change(uri, { line, character, text: "", endCharacter: character + text.length });
  session.isWrong = !session.isWrong;
  await editor.problems(uri, session.isWrong ? 1 : 0);
  return performance.now() - started;
}

const toggle = async (session) => keep(session, "keystroke", await edited(session));

async function hover(session) {
  const { editor, uri, document } = session;
  const started = performance.now();
  const found = await editor.request("textDocument/hover", { textDocument: { uri }, position: document.hover });
  keep(session, "hover", performance.now() - started);
  if (!found?.contents || found.contents.length === 0) throw new Error(`${editor.server.name}: no hover`);
}

/** 99 characters of a value and one that brings the problem, all at once; then the way back, unmeasured. */
async function burst(session) {
  const { editor, uri, document } = session;
  const { typed } = document;
  const started = performance.now();
  const before = editor.published();
  for (let key = 0; key < 99; key++) editor.change(uri, { ...typed, character: typed.character + key });
  await edited(session);
  keep(session, "burst", performance.now() - started);
  keep(session, "reports", editor.published() - before);
  editor.change(uri, { ...typed, text: "", endCharacter: typed.character + 99 });
  await edited(session);
  await calm(session);
}

async function complete(session) {
  const { editor, uri, document } = session;
  const { key, offers } = document.completion;
  const position = { line: key.line, character: key.character + key.text.length };
  const started = performance.now();
  editor.change(uri, key);
  const context = { triggerKind: 1 };
  const answer = await editor.request("textDocument/completion", { textDocument: { uri }, position, context });
  keep(session, "completion", performance.now() - started);
  const labels = (Array.isArray(answer) ? answer : (answer?.items ?? [])).map(({ label }) => label.replace(/"/g, ""));
  if (!labels.includes(offers)) throw new Error(`${editor.server.name}: "${offers}" isn't offered: ${labels}`);
  editor.change(uri, { ...key, text: "", endCharacter: position.character });
  await calm(session);
}

/** Lets work that was put off begin, and waits until the server answers again. */
async function calm({ editor, uri }) {
  const ask = () =>
    editor.request("textDocument/hover", { textDocument: { uri }, position: { line: 0, character: 0 } });
  await ask();
  await sleep(CALM);
  await ask();
}

function keep({ samples }, name, value) {
  samples[name] ??= [];
  samples[name].push(value);
}

const summaries = (samples) => Object.fromEntries(Object.entries(samples).map(([name, all]) => [name, summary(all)]));
