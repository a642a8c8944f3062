// The local host: Buntime's management API and Metaflow's plugin routes over a folder, on this machine's loopback alone.
// It serves pages and tells the truth about loading; it never runs a plugin's server code.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import path from "node:path";
import { HostError } from "../hosts/hostError.js";
import { type Answer, type Asked, text } from "./answer.js";
import { type Buntime, buntimeOver } from "./buntimeApi.js";
import { frontPage } from "./frontPage.js";
import { askedOf, listening, loopback, send, stopped } from "./listener.js";
import { type Metaflow, metaflowOver } from "./metaflow.js";
import { type OwnRoutes, ownAnswer } from "./ownRoutes.js";
import { pageFor } from "./pages.js";
import { openStore } from "./store.js";

export interface LocalHostOptions {
  /** Keeps everything: `buntime/plugins/`, `metaflow/installed/` and `metaflow/config.plugins.json`. */
  readonly directory: string;
  /** 0 or absent: any free port. */
  readonly port?: number;
  /** When set, the management API wants it, as Buntime with a bootstrap key does. */
  readonly apiKey?: string;
  readonly log?: (line: string) => void;
}

export interface LocalHost {
  readonly url: string;
  readonly port: number;
  readonly directory: string;
  /** What a restart of Metaflow's service does: reads its configuration and folders anew. */
  restartMetaflow(): Promise<void>;
  stop(): Promise<void>;
}

const largestBody = 128 * 1024 * 1024;

export async function startLocalHost(options: LocalHostOptions): Promise<LocalHost> {
  const directory = path.resolve(options.directory);
  const log = options.log ?? (() => undefined);
  const store = await openStore(directory).catch((cause: unknown) => {
    throw folderError(cause, directory);
  });
  const buntime = await buntimeOver(store, options.apiKey, log);
  const state = { metaflow: await metaflowOver(directory, log) };
  const restartMetaflow = async () => {
    state.metaflow = await metaflowOver(directory, log);
  };
  const own: OwnRoutes = { directory, restart: restartMetaflow, ...(options.apiKey && { apiKey: options.apiKey }) };
  const server = createServer((request, response) => {
    serve(request, response, { own, buntime, metaflow: state.metaflow }, log).catch((error: unknown) => {
      log(`ERR ${request.method ?? ""} failed: ${String(error)}`);
      send(response, text(500, "Internal Server Error\n"), request.method);
    });
  });
  const port = await listening(server, options.port ?? 0, (cause) => portError(cause, options.port ?? 0));
  log(`INF listening at http://${loopback}:${port}; plugins' server code does not run here`);
  return {
    url: `http://${loopback}:${port}`,
    port,
    directory,
    restartMetaflow,
    stop: () => stopped(server),
  };
}

interface Parts {
  readonly own: OwnRoutes;
  readonly buntime: Buntime;
  readonly metaflow: Metaflow;
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  parts: Parts,
  log: (line: string) => void,
): Promise<void> {
  const method = request.method ?? "GET";
  const url = URL.parse(request.url ?? "/", `http://${loopback}`);
  // A name that is not this machine's is a page elsewhere that points its own name here.
  if (url === null || !/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(request.headers.host ?? "")) {
    return send(response, text(421, "This host answers to 127.0.0.1 and localhost alone.\n"), method);
  }
  if (Number(request.headers["content-length"] ?? 0) > largestBody) {
    return send(response, { status: 413, body: "", headers: { Connection: "close" } }, method);
  }
  const asked = askedOf(request, url, largestBody + 1024 * 1024);
  const answer = await answerTo(asked, parts);
  log(`${method} ${url.pathname} ${answer.status}`);
  send(response, answer, method);
}

async function answerTo(asked: Asked, { own, buntime, metaflow }: Parts): Promise<Answer> {
  const { pathname } = asked.url;
  const found =
    (await ownAnswer(asked, own)) ??
    (await buntime.answer(asked)) ??
    (await metaflow.answer(asked)) ??
    (await pageFor(buntime.loaded(), asked.method, pathname));
  if (found !== undefined) return found;
  if (pathname === "/" && asked.method === "GET") return frontPage(buntime.loaded());
  return text(404, "Not Found");
}

function folderError(cause: unknown, directory: string): HostError {
  const code = cause instanceof Error && "code" in cause ? ` (${String(cause.code)})` : "";
  return new HostError({
    kind: "tool",
    step: "start",
    message: `the folder "${directory}" can't hold the local host's plugins${code}`,
    next: "choose another folder",
    cause,
  });
}

function portError(cause: Error, port: number): HostError {
  const taken = "code" in cause && cause.code === "EADDRINUSE";
  return new HostError({
    kind: "tool",
    step: "start",
    message: taken ? `port ${port} is in use by another program` : `the local host can't listen at port ${port}`,
    next: "choose another port, or leave it out for a free one",
    cause,
  });
}
