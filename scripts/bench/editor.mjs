// Drives one language server over stdio as an editor does: incremental changes, and replies that are waited for until
// they are the right ones. Speaks the base protocol itself, so that what is measured is the server.
import { spawn } from "node:child_process";
import process from "node:process";
import { pathToFileURL } from "node:url";

/** The longest that anything is waited for, in milliseconds. */
const PATIENCE = 120_000;
const running = new Set();

/** Ends every server that is still running; servers are asked to leave by `close`. */
export function endServers() {
  for (const child of running) child.kill("SIGKILL");
}

/** Starts a server of servers.mjs in a folder. `spawned` is when, for cold starts. */
export function openEditor(server, folder) {
  const spawned = performance.now();
  const child = spawn(process.execPath, server.args, { cwd: folder, stdio: ["pipe", "pipe", "ignore"] });
  running.add(child);
  const ended = new Promise((resolve) => child.once("close", resolve));
  ended.then(() => running.delete(child));
  child.stdin.on("error", () => {}); // a server that died is reported by whoever waits for it
  const waiting = new Map();
  const diagnostics = new Map();
  const versions = new Map();
  let expected;
  let id = 0;
  let published = 0;

  receive(child.stdout, (message) => {
    if (message.method === undefined) {
      waiting.get(message.id)?.(message);
      waiting.delete(message.id);
    } else if (message.id !== undefined) send({ id: message.id, result: answer(server, message) });
    else if (message.method === "textDocument/publishDiagnostics") {
      published++;
      diagnostics.set(message.params.uri, message.params.diagnostics);
      expected?.(message.params);
    }
  });

  function send(message) {
    const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
    child.stdin.write(Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]));
  }

  const notify = (method, params) => send({ method, params });

  function patiently(what, start) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${server.name}: no ${what} in time`)), PATIENCE);
      const gone = () => reject(new Error(`${server.name} ended before ${what}`));
      child.once("close", gone);
      start((value) => {
        clearTimeout(timer);
        child.off("close", gone);
        resolve(value);
      });
    });
  }

  async function request(method, params) {
    const own = ++id;
    const message = await patiently(method, (done) => {
      waiting.set(own, done);
      send({ id: own, method, params });
    });
    if (message.error) throw new Error(`${server.name}: ${method}: ${message.error.message}`);
    return message.result;
  }

  return {
    server,
    pid: child.pid,
    spawned,
    request,
    notify,
    uriOf: (name) => pathToFileURL(`${folder}/${name}`).href,
    published: () => published,
    async initialize() {
      await request("initialize", initialization(server, pathToFileURL(folder).href));
      const took = performance.now() - spawned;
      notify("initialized", {});
      if (server.configuration) notify("workspace/didChangeConfiguration", { settings: server.configuration });
      return took;
    },
    open(uri, languageId, text) {
      versions.set(uri, 1);
      notify("textDocument/didOpen", { textDocument: { uri, languageId, version: 1, text } });
    },
    shut(uri) {
      versions.delete(uri);
      notify("textDocument/didClose", { textDocument: { uri } });
    },
    /** Replaces what stands between the two places; without an end, inserts. */
    change(uri, { line, character, text, endLine = line, endCharacter = character }) {
      const version = versions.get(uri) + 1;
      versions.set(uri, version);
      const range = { start: { line, character }, end: { line: endLine, character: endCharacter } };
      notify("textDocument/didChange", { textDocument: { uri, version }, contentChanges: [{ range, text }] });
    },
    /** Resolves once this many problems are reported, for the newest version where the server names versions. */
    async problems(uri, count) {
      if (server.pulls) {
        const { items } = await request("textDocument/diagnostic", { textDocument: { uri } });
        if (items.length !== count) throw new Error(`${server.name}: ${items.length} problems instead of ${count}`);
        return;
      }
      await patiently(`report of ${count} problem(s); last: ${reported(diagnostics.get(uri))}`, (done) => {
        expected = (params) => {
          if (params.uri !== uri || params.diagnostics.length !== count) return;
          const version = versions.get(uri);
          if (params.version !== undefined && version !== undefined && params.version !== version) return;
          expected = undefined;
          done();
        };
      });
    },
    reported: (uri) => reported(diagnostics.get(uri)),
    async close() {
      const forced = setTimeout(() => child.kill("SIGKILL"), 3000);
      await request("shutdown").catch(() => {});
      notify("exit");
      await ended;
      clearTimeout(forced);
    },
  };
}

const reported = (items) =>
  items
    ?.map(({ message }) => message)
    .slice(0, 3)
    .join("; ") ?? "nothing";

/** Takes messages apart without copying what has arrived more often than needed. */
function receive(stream, onMessage) {
  let chunks = [];
  let size = 0;
  let wanted = 0;
  stream.on("data", (chunk) => {
    chunks.push(chunk);
    size += chunk.length;
    while (size >= wanted && size > 0) {
      const all = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, size);
      const head = all.indexOf("\r\n\r\n");
      const length = head < 0 ? undefined : Number(/Content-Length: (\d+)/i.exec(all.toString("latin1", 0, head))?.[1]);
      const total = length === undefined ? size + 1 : head + 4 + length;
      const isWhole = size >= total;
      chunks = isWhole ? [all.subarray(total)] : [all];
      size = isWhole ? size - total : size;
      wanted = isWhole ? 0 : total;
      if (!isWhole) return;
      onMessage(JSON.parse(all.toString("utf8", head + 4, total)));
    }
  });
}

function answer({ configuration }, { method, params }) {
  if (method !== "workspace/configuration") return null;
  return params.items.map(({ section }) => configuration?.[section] ?? {});
}

function initialization({ pulls, options }, rootUri) {
  return {
    processId: process.pid,
    clientInfo: { name: "benchmark" },
    ...(options && { initializationOptions: options }),
    rootUri,
    workspaceFolders: [{ uri: rootUri, name: "benchmark" }],
    capabilities: {
      workspace: { configuration: true, workspaceFolders: true },
      textDocument: {
        synchronization: {},
        publishDiagnostics: { versionSupport: true, relatedInformation: true },
        completion: { completionItem: { snippetSupport: true, documentationFormat: ["markdown", "plaintext"] } },
        hover: { contentFormat: ["markdown", "plaintext"] },
        ...(pulls && { diagnostic: { dynamicRegistration: false } }),
      },
    },
  };
}
