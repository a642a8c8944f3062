// A Buntime of few words on loopback, whose answers a test replaces one by one: the place for every fault a network can have.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { connect, type HostIo, type PluginHost } from "../../../client/ops/index.js";

export type Reply = (request: IncomingMessage, response: ServerResponse) => void;

export interface FaultyHost {
  readonly url: string;
  /** Method and path of every request, in order. */
  readonly seen: string[];
  readonly headers: IncomingMessage["headers"][];
  /** `POST /plugins/upload` -> what happens; keys are below the API, or whole paths. */
  readonly replies: Map<string, Reply>;
  host(io?: HostIo): PluginHost;
  stop(): Promise<void>;
}

export const token = "btk_planted-0123456789-ABCDEFGHIJKLMNOPQRSTUVWXYZab";

export async function faultyHost(): Promise<FaultyHost> {
  const seen: string[] = [];
  const headers: IncomingMessage["headers"][] = [];
  const replies = new Map<string, Reply>(Object.entries(soundReplies));
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    const key = `${request.method} ${path.startsWith("/_/api") ? path.slice("/_/api".length) : path}`;
    seen.push(key);
    headers.push(request.headers);
    const reply = replies.get(key) ?? ((_request, plain) => body(plain, 404, "Not Found", "application/octet-stream"));
    reply(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  return {
    url,
    seen,
    headers,
    replies,
    host: (io) =>
      connect({ name: "faulty", system: "buntime", url, level: "local" }, { token: async () => token, ...io }),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export function json(status: number, value: unknown): Reply {
  return (request, response) => {
    request.resume();
    request.on("end", () => body(response, status, JSON.stringify(value), "application/json"));
  };
}

export function text(
  status: number,
  content: string,
  type = "text/plain",
  headers: Record<string, string> = {},
): Reply {
  return (request, response) => {
    request.resume();
    request.on("end", () => body(response, status, content, type, headers));
  };
}

/** Closes the connection at once. */
export const hangUp: Reply = (request) => void request.socket.destroy();

/** Takes a little of the body, then closes the connection. */
export const hangUpMidway: Reply = (request) => void request.once("data", () => request.socket.destroy());

/** Announces more than it sends, then closes. */
export const halfAnswer: Reply = (request, response) => {
  request.resume();
  response.writeHead(200, { "Content-Type": "application/json", "Content-Length": "1000" });
  response.write('{"success":tr');
  setImmediate(() => response.socket?.destroy());
};

/** Never answers. */
export const silence: Reply = (request) => void request.resume();

const soundReplies: Readonly<Record<string, Reply>> = {
  "GET /.well-known/buntime": json(200, { api: "/_/api", version: "1.4.0" }),
  "GET /plugins": json(200, []),
  "GET /plugins/loaded": json(200, []),
  "GET /admin/session": json(200, {
    authenticated: true,
    principal: { id: "1", name: "ci", role: "editor", namespaces: ["*"], permissions: [] },
  }),
  "POST /plugins/reload": json(200, { ok: true, plugins: [] }),
  "POST /plugins/upload": json(200, {
    success: true,
    data: { plugin: { name: "@acme/hello", version: "1.0.0", installedAt: "/data/plugins/@acme/hello" } },
  }),
};

function body(
  response: ServerResponse,
  status: number,
  content: string,
  type: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { "Content-Type": type, ...headers });
  response.end(content);
}
