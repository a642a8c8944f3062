// Commands in containers, over the WebSocket protocol that kubectl speaks (v5.channel.k8s.io): the command runs on this machine,
// with the pod's folder for its root and a PATH of the few tools that a container has.
import { type ChildProcess, spawn } from "node:child_process";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { PodPlace } from "./pods.js";

export interface Exec {
  run(request: IncomingMessage, socket: Duplex, head: Buffer, command: Command): void;
  end(): void;
}

export interface Command {
  readonly pod: PodPlace;
  readonly words: readonly string[];
  /** A folder with the tools of the container. */
  readonly tools: string;
  readonly has: (tool: string) => boolean;
  /** After so many bytes the connection breaks. */
  readonly breakAfter?: number;
}

const channel = { stdin: 0, stdout: 1, stderr: 2, error: 3, close: 255 } as const;

export function createExec(): Exec {
  const protocol = "v5.channel.k8s.io";
  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) => offered.has(protocol) && protocol,
  });
  const running = new Set<ChildProcess>();
  return {
    run: (request, socket, head, command) =>
      sockets.handleUpgrade(request, socket, head, (connection) => {
        const [program = ""] = command.words;
        if (!command.has(program)) return missing(connection, program);
        const child = started(command);
        running.add(child);
        child.once("close", () => running.delete(child));
        join(connection, child, command);
      }),
    end: () => {
      for (const child of running) child.kill("SIGKILL");
      for (const client of sockets.clients) client.terminate();
      sockets.close();
    },
  };
}

function started(command: Command): ChildProcess {
  const { command: program, args, cwd, env } = startIn(command);
  return spawn(program, args, { cwd, env, stdio: "pipe" });
}

/** How a command of a container is started on this machine. */
export function startIn({ pod, words, tools }: Pick<Command, "pod" | "words" | "tools">) {
  const [program = "", ...args] = words;
  const inside = args.map((word) => (word.startsWith("/") ? pod.at(word) : word));
  return { command: `${tools}/${program}`, args: inside, cwd: pod.root, env: { PATH: tools, HOME: pod.root } };
}

function join(connection: WebSocket, child: ChildProcess, { pod, breakAfter }: Command): void {
  const send = (to: number, content: Uint8Array | string) => {
    if (connection.readyState === connection.OPEN)
      connection.send(Buffer.concat([Buffer.from([to]), Buffer.from(content)]));
  };
  let received = 0;
  connection.on("message", (data) => {
    const bytes = Buffer.isBuffer(data) ? data : Buffer.alloc(0);
    if (bytes[0] === channel.close) child.stdin?.end();
    if (bytes[0] !== channel.stdin) return;
    received += bytes.byteLength - 1;
    child.stdin?.write(bytes.subarray(1));
    if (breakAfter !== undefined && received > breakAfter) connection.terminate();
  });
  // What a container runs goes on when its client has gone; it reads an end where the client stopped.
  connection.on("close", () => child.stdin?.end());
  child.stdin?.on("error", () => undefined);
  child.stdout?.on("data", (chunk: Buffer) => send(channel.stdout, chunk));
  child.stderr?.on("data", (chunk: Buffer) => send(channel.stderr, String(chunk).replaceAll(pod.root, "")));
  child.once("error", () => send(channel.error, JSON.stringify(failure("could not be started", []))));
  child.once("close", (code) => {
    const words = code === 0 ? { metadata: {}, status: "Success" } : exitStatus(code ?? 137);
    send(channel.error, JSON.stringify(words));
    connection.close(1000);
  });
}

function exitStatus(code: number) {
  const causes = [{ reason: "ExitCode", message: String(code) }];
  return {
    ...failure(`command terminated with non-zero exit code: exit status ${code}`, causes),
    reason: "NonZeroExitCode",
  };
}

function failure(message: string, causes: readonly unknown[]) {
  return { metadata: {}, status: "Failure", message, details: { causes } };
}

/** What a runtime answers for a program that its image lacks. */
function missing(connection: WebSocket, program: string): void {
  const message =
    "Internal error occurred: error executing command in container: failed to exec in container: OCI runtime exec failed: exec failed: " +
    `unable to start container process: exec: "${program}": executable file not found in $PATH: unknown`;
  const words = { ...failure(message, [{ message: message }]), reason: "InternalError", code: 500 };
  connection.send(Buffer.concat([Buffer.from([channel.error]), Buffer.from(JSON.stringify(words))]));
  connection.close(1000);
}
