// Git repositories for tests: made on this disk by the real git, and served over HTTP by git's own backend, with a password where
// a test wants one.
import { execFileSync, spawn } from "node:child_process";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import path from "node:path";
import { temporary, write } from "./places.js";

export function git(folder: string, ...args: string[]): string {
  const identity = ["-c", "user.name=Dev", "-c", "user.email=dev@example.org", "-c", "init.defaultBranch=main"];
  const env = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" };
  return execFileSync("git", [...identity, ...args], {
    cwd: folder,
    env,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
}

export interface Repository {
  /** The working copy. */
  readonly folder: string;
  /** The bare repository that it pushes to. */
  readonly remote: string;
  commit(file: string, text: string): Promise<string>;
}

/** With a commit on `main`, which is the default branch, another on `next`, and the tags `v1` (annotated) and `light`. */
export async function repository(): Promise<Repository> {
  const home = await temporary();
  const [folder, remote] = [path.join(home, "work"), path.join(home, "served", "plugin.git")];
  git(home, "init", "--bare", "--quiet", remote);
  git(home, "init", "--quiet", folder);
  git(folder, "remote", "add", "origin", remote);
  const commit = async (file: string, text: string) => {
    await write(folder, { [file]: text });
    git(folder, "add", "--all");
    git(folder, "commit", "--quiet", "--message", file);
    return git(folder, "rev-parse", "HEAD").trim();
  };
  await commit("manifest.json", '{"name":"hello"}');
  git(folder, "tag", "--annotate", "--message", "first", "v1");
  git(folder, "tag", "light");
  git(folder, "checkout", "--quiet", "-b", "next");
  await commit("next.js", "next");
  git(folder, "checkout", "--quiet", "main");
  git(folder, "push", "--quiet", "--set-upstream", "origin", "main", "next", "--tags");
  return { folder, remote, commit };
}

export type GitReply = "serve" | "silence" | { readonly redirect: string } | { readonly status: number };

export interface GitServer {
  readonly url: string;
  /** What the next requests get. */
  reply: GitReply;
  /** The value of each request's Authorization header. */
  readonly seen: (string | undefined)[];
  /** Open connections. */
  connections(): Promise<number>;
  stop(): Promise<void>;
}

/** Serves the folder around a bare repository. `password`: what user "robot" has to give. */
export async function gitServer({ remote }: Repository, password?: string): Promise<GitServer> {
  const wanted = password === undefined ? undefined : `Basic ${Buffer.from(`robot:${password}`).toString("base64")}`;
  const seen: (string | undefined)[] = [];
  const state: { reply: GitReply } = { reply: "serve" };
  const server = createServer((request, response) => {
    const { authorization } = request.headers;
    seen.push(authorization);
    const { reply } = state;
    if (reply === "silence") return;
    if (typeof reply === "object" && "redirect" in reply) {
      response.writeHead(302, { Location: reply.redirect + request.url }).end();
    } else if (typeof reply === "object") response.writeHead(reply.status).end();
    else if (wanted !== undefined && authorization !== wanted)
      response.writeHead(401, { "WWW-Authenticate": 'Basic realm="git"' }).end();
    else backend(path.dirname(remote), request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/${path.basename(remote)}`,
    seen,
    set reply(reply: GitReply) {
      state.reply = reply;
    },
    connections: () => new Promise((resolve) => server.getConnections((_error, count) => resolve(count))),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** `git http-backend` is a CGI program. */
function backend(root: string, request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? "/", "http://server");
  const env = {
    PATH: process.env.PATH,
    GIT_PROJECT_ROOT: root,
    GIT_HTTP_EXPORT_ALL: "1",
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: "safe.directory",
    GIT_CONFIG_VALUE_0: "*",
    PATH_INFO: url.pathname,
    QUERY_STRING: url.search.slice(1),
    REQUEST_METHOD: request.method,
    CONTENT_TYPE: request.headers["content-type"] ?? "",
    GIT_PROTOCOL: String(request.headers["git-protocol"] ?? ""),
    HTTP_CONTENT_ENCODING: String(request.headers["content-encoding"] ?? ""),
  };
  const child = spawn("git", ["http-backend"], { env, stdio: ["pipe", "pipe", "ignore"] });
  request.pipe(child.stdin);
  child.stdin.on("error", () => undefined);
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  child.on("close", () => {
    const all = Buffer.concat(chunks);
    const end = all.indexOf("\r\n\r\n");
    const headers = all
      .subarray(0, end)
      .toString()
      .split("\r\n")
      .map((line) => line.split(": "));
    const status = Number(headers.find(([name]) => name === "Status")?.[1]?.slice(0, 3) ?? 200);
    response.writeHead(status, Object.fromEntries(headers.filter(([name]) => name !== "Status")));
    response.end(all.subarray(end + 4));
  });
}
