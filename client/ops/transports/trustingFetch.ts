// `fetch` for a host whose certificate is signed by an authority of the user's own, or that wants to see a certificate: the same
// contract over https, with that authority beside the well-known ones. Only what the HTTP transport asks for: no redirects are
// followed, nothing is cached.
import { readFile } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import path from "node:path";
import { pipeline, Readable } from "node:stream";
import { rootCertificates } from "node:tls";
// biome-ignore lint/style/useNodejsImportProtocol: VS Code puts its proxy into "https" alone, not into "node:https"
import { request } from "https";
import { HostError } from "../hosts/hostError.js";
import { fromHome } from "./home.js";
import { multipart } from "./multipart.js";

/** Paths of PEM files. */
export interface Trust {
  readonly ca?: string;
  readonly cert?: string;
  /** Of the certificate; in the same file where this is absent. */
  readonly key?: string;
}

export function trustingFetch(trust: Trust): typeof fetch {
  return async (input, init) => {
    const tls = await tlsOf(trust);
    const { body, ...rest } = init ?? {};
    const form = body instanceof FormData ? multipart(body) : undefined;
    const asked = new Request(input, { ...rest, ...(form || body === undefined ? {} : { body }), redirect: "manual" });
    const answer = await send(asked, form ?? (await wholeOf(asked)), tls, init?.signal ?? undefined);
    const headers = new Headers();
    for (const [name, value] of Object.entries(answer.headers)) {
      for (const item of Array.isArray(value) ? value : [value ?? ""]) headers.append(name, item);
    }
    const status = answer.statusCode ?? 502;
    const empty = status === 204 || status === 205 || status === 304;
    const stream = empty ? null : (Readable.toWeb(answer) as ReadableStream<Uint8Array>);
    return new Response(stream, { status, headers });
  };
}

/** Anything but a form is a few lines of text. */
async function wholeOf(asked: Request): Promise<Sent | undefined> {
  if (asked.body === null) return undefined;
  const bytes = Buffer.from(await asked.arrayBuffer());
  return { length: bytes.byteLength, bytes: [bytes] };
}

interface Sent {
  readonly type?: string;
  readonly length: number;
  readonly bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

function send(
  asked: Request,
  sent: Sent | undefined,
  tls: TlsFiles,
  signal: AbortSignal | undefined,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers: Record<string, string> = Object.fromEntries(asked.headers);
    if (sent !== undefined) headers["content-length"] = String(sent.length);
    if (sent?.type !== undefined) headers["content-type"] = sent.type;
    const outgoing = request(
      asked.url,
      { method: asked.method, headers, ...tls, ...(signal === undefined ? {} : { signal }) },
      (answer) => {
        // A host that answers before it has read all wants no more of it.
        answer.once("end", () => outgoing.writableFinished || outgoing.destroy());
        resolve(answer);
      },
    );
    outgoing.on("error", reject);
    // What goes wrong is an error of the request too.
    if (sent === undefined) outgoing.end();
    else pipeline(Readable.from(sent.bytes), outgoing, () => undefined);
  });
}

export interface TlsFiles {
  readonly ca?: string[];
  readonly cert?: string;
  readonly key?: string;
}

export async function tlsOf({ ca, cert, key }: Trust): Promise<TlsFiles> {
  const shown =
    cert === undefined
      ? {}
      : { cert: await pemAt(cert, "cert", "CERTIFICATE"), key: await pemAt(key ?? cert, "certKey", "PRIVATE KEY") };
  return { ...(ca === undefined ? {} : { ca: [...rootCertificates, await pemAt(ca, "ca", "CERTIFICATE")] }), ...shown };
}

async function pemAt(file: string, field: Field, kind: "CERTIFICATE" | "PRIVATE KEY"): Promise<string> {
  try {
    const text = await readFile(fromHome(file), "utf8");
    if (new RegExp(`-----BEGIN (?:[A-Z]+ )*${kind}-----`).test(text)) return text;
  } catch (cause) {
    throw unreadable(file, field, cause);
  }
  throw unreadable(file, field, undefined);
}

type Field = "ca" | "cert" | "certKey";

const wanted: Readonly<Record<Field, string>> = {
  ca: "the signing authority",
  cert: "the certificate that is shown to the host",
  certKey: "the key of that certificate",
};

function unreadable(file: string, field: Field, cause: unknown): HostError {
  const held = field === "certKey" ? "key" : "certificate";
  return new HostError({
    kind: "tool",
    step: "connection",
    message: `the host's ${field} file "${path.basename(file)}" ${cause === undefined ? `holds no ${held}` : "can't be read"}`,
    next: `correct the ${field} setting: it is the path of a PEM file with ${wanted[field]}`,
    cause,
  });
}
