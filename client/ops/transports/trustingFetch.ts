// `fetch` for a host whose certificate is signed by an authority of the user's own: the same contract over node:https, with that
// authority beside the well-known ones. Only what the HTTP transport asks for: no redirects are followed, nothing is cached.
import { readFile } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { request } from "node:https";
import path from "node:path";
import { Readable } from "node:stream";
import { rootCertificates } from "node:tls";
import { HostError } from "../hosts/hostError.js";
import { fromHome } from "./home.js";

export function trustingFetch(ca: string): typeof fetch {
  return async (input, init) => {
    const authority = await authorityAt(ca);
    const asked = new Request(input, { ...init, redirect: "manual" });
    const body = asked.body === null ? undefined : Buffer.from(await asked.arrayBuffer());
    const answer = await send(asked, body, [...rootCertificates, authority], init?.signal ?? undefined);
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

function send(
  asked: Request,
  body: Buffer | undefined,
  ca: readonly string[],
  signal: AbortSignal | undefined,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers: Record<string, string> = Object.fromEntries(asked.headers);
    if (body !== undefined) headers["content-length"] = String(body.byteLength);
    const outgoing = request(
      asked.url,
      { method: asked.method, headers, ca: [...ca], ...(signal === undefined ? {} : { signal }) },
      resolve,
    );
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

async function authorityAt(file: string): Promise<string> {
  try {
    const text = await readFile(fromHome(file), "utf8");
    if (text.includes("-----BEGIN CERTIFICATE-----")) return text;
  } catch (cause) {
    throw unreadable(file, cause);
  }
  throw unreadable(file, undefined);
}

function unreadable(file: string, cause: unknown): HostError {
  return new HostError({
    kind: "tool",
    step: "connection",
    message: `the host's ca file "${path.basename(file)}" ${cause === undefined ? "holds no certificate" : "can't be read"}`,
    next: "correct the ca setting: it is the absolute path of a PEM file with the signing authority",
    cause,
  });
}
