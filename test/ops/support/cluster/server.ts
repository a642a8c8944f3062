// The HTTP side of a test cluster: every request is noted, meets its fault if one waits for it, and is answered by whatever it is
// about: the API, objects, changes of objects as a stream, a pod's log, a command in a container.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { setTimeout } from "node:timers/promises";
import { type Answer, answerTo, concerns, failure, type Target, targetOf } from "./api.js";
import type { Exec } from "./exec.js";
import { type Fault, type Faults, statusOf } from "./faults.js";
import { logged } from "./log.js";
import type { Objects } from "./objects.js";
import { containersOf, type Pods } from "./pods.js";
import { aboutTheApi } from "./resources.js";
import { review, reviewKind, reviewLine } from "./review.js";

export interface ServerParts {
  /** Commands that were refused, by their address. */
  readonly refused: Map<string, Fault>;
  readonly objects: Objects;
  readonly pods: Pods;
  readonly faults: Faults;
  readonly exec: Exec;
  /** Every request, in order, as faults are compared with. */
  readonly seen: string[];
  readonly tools: string;
  readonly has: (tool: string) => boolean;
}

export function createApiServer(parts: ServerParts): Server {
  const server = createServer((request, response) => {
    answered(parts, request, response).catch((error: unknown) => {
      if (!response.headersSent) write(response, failure(500, "InternalError", String(error)));
    });
  });
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    void upgraded(parts, request, socket, head);
  });
  return server;
}

async function answered(parts: ServerParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", "http://cluster");
  const body = await bodyOf(request);
  const about = aboutTheApi(url.pathname);
  if (about !== undefined) return write(response, { code: 200, body: about });
  const target = targetOf(url.pathname);
  if (target === undefined)
    return write(response, failure(404, "NotFound", "the server could not find the requested resource"));
  const method = request.method ?? "GET";
  // kubectl asks again in an older protocol when a command is refused; that is the same refusal.
  if (target.part === "exec")
    return write(response, refusalOf(parts, url, target) ?? failure(400, "BadRequest", "no SPDY here"));
  const line = target.resource.kind === reviewKind ? reviewLine(body) : `${method} ${url.pathname}${url.search}`;
  parts.seen.push(line);
  const fault = parts.faults.next(line);
  if (fault !== undefined && !(await survived(fault, request, (answer) => write(response, answer), line))) return;
  if (target.part === "log") {
    const refusal = logged(parts, target, url.searchParams, response);
    return refusal === undefined ? undefined : write(response, refusal);
  }
  if (url.searchParams.get("watch") === "true") return watched(parts, target, url.searchParams, response);
  if (target.resource.kind === reviewKind) return write(response, { code: 201, body: review(true) });
  const type = String(request.headers["content-type"] ?? "");
  write(response, answerTo(parts.objects, { method, target, query: url.searchParams, type, body }));
}

/** Lets the fault happen; true when the request goes on all the same. */
async function survived(
  fault: Fault,
  request: IncomingMessage,
  answer: (answer: Answer) => void,
  line: string,
): Promise<boolean> {
  if (typeof fault === "function") {
    await fault();
    return true;
  }
  if (typeof fault === "object") {
    if ("slow" in fault) await setTimeout(fault.slow);
    return true;
  }
  if (fault === "silence") return false;
  if (fault === "hangUp") {
    request.socket.destroy();
    return false;
  }
  const { code, reason, message } = statusOf(fault, line.split("?")[0] ?? line);
  answer(line.startsWith("can-i ") ? { code: 201, body: review(false) } : failure(code, reason, message));
  return false;
}

async function upgraded(parts: ServerParts, request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
  socket.on("error", () => undefined);
  const url = new URL(request.url ?? "/", "http://cluster");
  const target = targetOf(url.pathname);
  const refuse = (answer: Answer) => {
    const text = JSON.stringify(answer.body);
    socket.end(
      `HTTP/1.1 ${answer.code} No\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\nConnection: close\r\n\r\n${text}`,
    );
  };
  if (target === undefined) return refuse(failure(404, "NotFound", "not found"));
  const words = url.searchParams.getAll("command");
  const line = `exec ${target.name} ${words.join(" ")}`;
  parts.seen.push(line);
  const fault = parts.faults.next(line);
  if (typeof fault === "string" && !["hangUp", "silence"].includes(fault))
    parts.refused.set(url.pathname + url.search, fault);
  if (fault !== undefined && !(await survived(fault, request, refuse, `pods "${target.name}"`))) return;
  const pod = parts.pods.named(target.name ?? "");
  const refusal = refusalOf(parts, url, target);
  if (refusal !== undefined || pod === undefined) return refuse(refusal ?? failure(404, "NotFound", "not found"));
  const breaks = typeof fault === "object" && "breakAfter" in fault ? { breakAfter: fault.breakAfter } : {};
  parts.exec.run(request, socket, head, { pod, words, tools: parts.tools, has: parts.has, ...breaks });
}

function refusalOf(
  { pods, objects, refused }: ServerParts,
  url: URL,
  { name = "", namespace }: Target,
): Answer | undefined {
  const fault = refused.get(url.pathname + url.search);
  if (fault === "forbidden" || fault === "unauthorized" || fault === "error" || fault === "unavailable") {
    const { code, reason, message } = statusOf(fault, `pods "${name}"`);
    return failure(code, reason, message);
  }
  const pod = objects.get("Pod", namespace, name);
  if (pod === undefined || pods.named(name) === undefined) return failure(404, "NotFound", `pods "${name}" not found`);
  const container = url.searchParams.get("container");
  if (container === null || containersOf(pod).some((one) => one.name === container)) return undefined;
  return failure(400, "BadRequest", `container ${container} is not valid for pod ${name}`);
}

function watched({ objects }: ServerParts, target: Target, query: URLSearchParams, response: ServerResponse): void {
  response.writeHead(200, { "Content-Type": "application/json" });
  response.flushHeaders();
  const stop = objects.watch(query.get("resourceVersion") ?? undefined, (type, object) => {
    if (concerns(target, query, object)) response.write(`${JSON.stringify({ type, object })}\n`);
  });
  response.on("close", stop);
}

function write(response: ServerResponse, { code, body }: Answer): void {
  response.writeHead(code, { "Content-Type": "application/json" });
  response.end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
