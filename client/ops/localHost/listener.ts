// Listening on this machine's loopback alone, reading a request and sending an answer: what every server of ours does alike.
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { isRecord } from "../values.js";
import { type Answer, type Asked, bodyOf } from "./answer.js";

export const loopback = "127.0.0.1";

/** Answers the port; 0 asks for any free one. */
export function listening(server: Server, port: number, problem: (cause: Error) => Error): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause) => reject(problem(cause)));
    // Longer than what stands between it and a browser keeps an idle connection: else a request may meet a closed one.
    server.keepAliveTimeout = 75_000;
    server.listen(port, loopback, () => {
      const address = server.address();
      resolve(isRecord(address) && typeof address.port === "number" ? address.port : port);
    });
  });
}

export function stopped(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

export function askedOf(request: IncomingMessage, url: URL, largestBody: number): Asked {
  return {
    method: request.method ?? "GET",
    url,
    header: (name) => {
      const value = request.headers[name];
      return Array.isArray(value) ? value[0] : value;
    },
    body: () => bodyOf(request, largestBody),
  };
}

export function send(response: ServerResponse, answer: Answer, method: string | undefined): void {
  if (response.headersSent) return void response.end();
  const body = Buffer.from(answer.body);
  response.writeHead(answer.status, {
    ...(answer.type === undefined ? {} : { "Content-Type": answer.type }),
    "Content-Length": body.byteLength,
    ...(answer.mayBeSniffed === true ? {} : { "X-Content-Type-Options": "nosniff" }),
    ...answer.headers,
  });
  response.end(method === "HEAD" ? undefined : body);
}
