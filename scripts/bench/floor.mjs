// What a process and the protocol cost before any parsing: frames messages, keeps the lines of a document, runs one
// regular expression over the lines that changed. It knows the three documents' problems by their looks and nothing else.
import process from "node:process";

const PROBLEM = /^ {4}"?(parameter|targe)"?:/;
const OFFERS = ["parameters", "target"].map((label) => ({ label }));
let lines = [];
let wrong = new Set();
let pending = Buffer.alloc(0);

process.stdin.on("data", (chunk) => {
  pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
  for (;;) {
    const head = pending.indexOf("\r\n\r\n");
    if (head < 0) return;
    const end = head + 4 + Number(/Content-Length: (\d+)/.exec(pending.toString("latin1", 0, head))?.[1]);
    if (pending.length < end) return;
    const message = JSON.parse(pending.toString("utf8", head + 4, end));
    pending = pending.subarray(end);
    take(message);
  }
});

function send(message) {
  const body = JSON.stringify({ jsonrpc: "2.0", ...message });
  process.stdout.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}

function take({ id, method, params }) {
  if (method === "exit") process.exit(0);
  if (method === "textDocument/didOpen") open(params.textDocument);
  if (method === "textDocument/didChange") change(params);
  if (id !== undefined) send({ id, result: resultOf(method) });
}

function resultOf(method) {
  if (method === "initialize") return { capabilities: { textDocumentSync: 2 } };
  if (method === "textDocument/completion") return OFFERS;
  if (method === "textDocument/hover") return { contents: "a line" };
  return null;
}

function open({ uri, version, text }) {
  lines = text.split("\n");
  wrong = new Set(lines.flatMap((line, at) => (PROBLEM.test(line) ? [at] : [])));
  publish(uri, version);
}

function change({ textDocument, contentChanges }) {
  for (const { range, text } of contentChanges) {
    const { start, end } = range;
    const written = `${lines[start.line].slice(0, start.character)}${text}${(lines[end.line] ?? "").slice(end.character)}`;
    const now = written.split("\n");
    lines.splice(start.line, end.line - start.line + 1, ...now);
    const moved = now.length - 1 - (end.line - start.line);
    if (moved !== 0) wrong = new Set([...wrong].map((at) => (at > end.line ? at + moved : at)));
    for (const [at, line] of now.entries()) {
      if (PROBLEM.test(line)) wrong.add(start.line + at);
      else wrong.delete(start.line + at);
    }
  }
  publish(textDocument.uri, textDocument.version);
}

function publish(uri, version) {
  const diagnostics = [...wrong].map((line) => ({
    range: { start: { line, character: 4 }, end: { line, character: 14 } },
    message: "this line has a problem",
  }));
  send({ method: "textDocument/publishDiagnostics", params: { uri, version, diagnostics } });
}
