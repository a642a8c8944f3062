// Messages on two streams of bytes, in the frames of the base protocol (LSP 3.17, "Base Protocol"). What arrives together is
// handed on together, and changes of one document that follow each other become one: a burst is one message's work.
// Each message leaves in one write, so that the client is woken once for it.

import type { Readable, Writable } from "node:stream";
import {
  AbstractMessageReader,
  AbstractMessageWriter,
  type DataCallback,
  type DidChangeTextDocumentParams,
  type Disposable,
  type Message,
  type MessageReader,
  type MessageWriter,
} from "vscode-languageserver/node";

const HEAD_END = "\r\n\r\n";

export class StreamReader extends AbstractMessageReader implements MessageReader {
  /** What has arrived of messages that aren't whole yet. */
  private chunks: Buffer[] = [];
  private size = 0;
  /** The bytes that the first of them takes, its head included; 0 as long as that isn't known. */
  private wanted = 0;

  constructor(private readonly from: Readable) {
    super();
  }

  listen(callback: DataCallback): Disposable {
    const onData = (chunk: Buffer) => {
      for (const message of merged(this.take(chunk))) callback(message);
    };
    this.from.on("data", onData);
    this.from.on("error", (error) => this.fireError(error));
    this.from.on("close", () => this.fireClose());
    return { dispose: () => void this.from.off("data", onData) };
  }

  /** The messages that are whole with these bytes. */
  private take(chunk: Buffer): Message[] {
    this.chunks.push(chunk);
    this.size += chunk.length;
    // The rest of a long message comes in many chunks, which are put together once.
    if (this.size < this.wanted) return [];
    let rest = this.chunks.length === 1 ? chunk : Buffer.concat(this.chunks, this.size);
    const messages: Message[] = [];
    this.wanted = 0;
    for (let head = rest.indexOf(HEAD_END); head >= 0; head = rest.indexOf(HEAD_END)) {
      const start = head + HEAD_END.length;
      const length = this.lengthIn(rest.toString("latin1", 0, head));
      if (rest.length < start + length) {
        this.wanted = start + length;
        break;
      }
      const message = length > 0 ? this.parse(rest.toString("utf8", start, start + length)) : undefined;
      if (message) messages.push(message);
      rest = rest.subarray(start + length);
    }
    // An empty rest would have the next chunk put together with it.
    this.chunks = rest.length > 0 ? [rest] : [];
    this.size = rest.length;
    return messages;
  }

  /** The length of a content in bytes; 0, with an error, for a head that doesn't tell it. */
  private lengthIn(head: string): number {
    const [, length] = /^content-length: *(\d+) *$/im.exec(head) ?? [];
    if (length === undefined) this.fireError(new Error(`the head of a message has no Content-Length:\n${head}`));
    return Number(length ?? 0);
  }

  private parse(content: string): Message | undefined {
    try {
      const message = JSON.parse(content);
      if (typeof message !== "object" || message === null) throw new Error(`${content} is no message`);
      return message;
    } catch (error) {
      this.fireError(error);
      return undefined;
    }
  }
}

/** Messages of which each changes the document that the one before has changed are one message. */
function merged(messages: readonly Message[]): Message[] {
  const all: Message[] = [];
  let last: DidChangeTextDocumentParams | undefined;
  for (const message of messages) {
    const change = changeIn(message);
    if (last && change?.textDocument.uri === last.textDocument.uri) {
      last.textDocument = change.textDocument;
      for (const one of change.contentChanges) last.contentChanges.push(one);
    } else {
      all.push(message);
      last = change;
    }
  }
  return all;
}

/** The change that a message tells of; a client may send anything. */
function changeIn(message: Message): DidChangeTextDocumentParams | undefined {
  const { method, params } = message as { method?: string; params?: Partial<DidChangeTextDocumentParams> };
  if (method !== "textDocument/didChange" || !Array.isArray(params?.contentChanges)) return undefined;
  return params.textDocument ? (params as DidChangeTextDocumentParams) : undefined;
}

export class StreamWriter extends AbstractMessageWriter implements MessageWriter {
  private failures = 0;

  constructor(private readonly to: Writable) {
    super();
    to.on("error", (error) => this.fireError(error));
    to.on("close", () => this.fireClose());
  }

  write(message: Message): Promise<void> {
    const content = JSON.stringify(message);
    const frame = `Content-Length: ${Buffer.byteLength(content)}${HEAD_END}${content}`;
    return new Promise((resolve, reject) => {
      this.to.write(frame, "utf8", (error) => {
        if (!error) return resolve();
        this.failures++;
        this.fireError(error, message, this.failures);
        reject(error);
      });
    });
  }

  end(): void {
    this.to.end();
  }
}
