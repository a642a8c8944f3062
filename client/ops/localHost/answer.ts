// The few answer shapes the local host speaks, and reading a request's body within bounds.
import type { IncomingMessage } from "node:http";

export interface Answer {
  readonly status: number;
  readonly type?: string;
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  /** The genuine host leaves the guess of the type to the browser: a script of an unknown type runs. */
  readonly mayBeSniffed?: boolean;
}

/** A request, reduced to what the local host looks at. */
export interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly header: (name: string) => string | undefined;
  readonly body: () => Promise<Buffer>;
}

export function json(status: number, value: unknown): Answer {
  return { status, type: "application/json", body: JSON.stringify(value) };
}

export function text(status: number, body: string, type = "text/plain;charset=utf-8"): Answer {
  return { status, type, body };
}

/** The shape of Buntime's handlers. */
export function failure(status: number, code: string, message: string): Answer {
  return json(status, { success: false, code, message });
}

/** Our own refusals: what is not done here, said in a sentence. `who` answers: the local host, or a preview. */
export function notHere(what: string, who = "the local host"): Answer {
  return text(501, `${what} does not run here: ${who} serves files and never runs a plugin's server code.\n`);
}

export async function bodyOf(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.byteLength;
    if (size > limit) throw new Error("the body is too large");
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

const types: Readonly<Record<string, string>> = {
  html: "text/html;charset=utf-8",
  htm: "text/html;charset=utf-8",
  js: "text/javascript;charset=utf-8",
  mjs: "text/javascript;charset=utf-8",
  css: "text/css;charset=utf-8",
  json: "application/json",
  map: "application/json",
  svg: "image/svg+xml",
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  gif: "image/gif",
  webp: "image/webp",
  ico: "image/x-icon",
  woff: "font/woff",
  woff2: "font/woff2",
  ttf: "font/ttf",
  txt: "text/plain;charset=utf-8",
  md: "text/markdown",
  wasm: "application/wasm",
};

export function typeOf(file: string): string {
  const ending = /\.([a-z0-9]+)$/i.exec(file)?.[1]?.toLowerCase();
  return (ending === undefined ? undefined : types[ending]) ?? "application/octet-stream";
}
