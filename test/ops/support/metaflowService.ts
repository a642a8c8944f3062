// A Metaflow UI service of few words on loopback: reads `PLUGINS=` of a .env file and its folders at each start, lists what loads,
// one more with each question after a start, and serves files from the top of a plugin's folder alone.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import path from "node:path";

export interface MetaflowService {
  readonly url: string;
  /** A program with its arguments that starts the service again. */
  readonly restart: readonly string[];
  starts(): number;
  /** Replaces the answer of `GET /plugin`; undefined: its own again. */
  answers(reply: ((response: ServerResponse) => void) | undefined): void;
  /** Headers of every request. */
  readonly headers: Readonly<Record<string, unknown>>[];
  stop(): Promise<void>;
}

interface Loaded {
  readonly identifier: string;
  readonly name: unknown;
  readonly repository: unknown;
  readonly ref: unknown;
  readonly parameters: unknown;
  readonly config: Readonly<Record<string, unknown>>;
  readonly files: readonly string[];
}

export async function metaflowService(
  folder: string,
  options: { readonly prefix?: string; readonly grows?: boolean } = {},
): Promise<MetaflowService> {
  const { prefix = "", grows = false } = options;
  const headers: Record<string, unknown>[] = [];
  let starts = 0;
  let questions = 0;
  let loaded: readonly Loaded[] = [];
  let own: ((response: ServerResponse) => void) | undefined;
  const start = () => {
    starts += 1;
    questions = 0;
    loaded = load(folder);
  };
  start();
  const server = createServer((request, response) => {
    const at = decodeURIComponent((request.url ?? "").replace(/\?.*$/, ""));
    headers.push(request.headers);
    if (at === "/restart") {
      start();
      return response.end();
    }
    if (at === `${prefix}/plugin`) {
      if (own !== undefined) return own(response);
      const shown = grows ? loaded.slice(0, questions++) : loaded;
      response.writeHead(200, { "Content-Type": "application/json", METADATA_SERVICE_VERSION: "2.5.1" });
      return response.end(JSON.stringify(shown));
    }
    const [, , name, file = "", ...deeper] = at.slice(prefix.length).split("/");
    const plugin = at.startsWith(`${prefix}/plugin/`) ? loaded.find((one) => one.name === name) : undefined;
    const place = path.join(folder, "installed", plugin?.identifier ?? "", file);
    if (plugin === undefined) return page(response);
    if (deeper.length > 0 || !plugin.files.includes(file) || !existsSync(place)) {
      response.writeHead(404, { "Content-Type": "text/plain" });
      return response.end("File not found");
    }
    return response.end(readFileSync(place));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  return {
    url,
    restart: ["/bin/bash", "-c", asks(new URL(url).port, "/restart")],
    starts: () => starts,
    answers: (reply) => {
      own = reply;
    },
    headers,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A GET in the shell's own words, which start in a tenth of the time of a program that can ask. */
function asks(port: string, at: string): string {
  const request = `printf 'GET ${at} HTTP/1.0\\r\\n\\r\\n' >&3`;
  return `exec 3<>/dev/tcp/127.0.0.1/${port} && ${request} && while read -r line <&3; do :; done`;
}

/** Any other path is the page's, with status 200. */
function page(response: ServerResponse): void {
  response.writeHead(200, { "Content-Type": "text/html" });
  response.end("<!doctype html><title>Metaflow UI</title>");
}

function load(folder: string): readonly Loaded[] {
  const env = path.join(folder, "ui.env");
  const line = existsSync(env) ? /^PLUGINS=(\{.*\})$/m.exec(readFileSync(env, "utf8"))?.[1] : undefined;
  const value = jsonOr(line, {});
  return Object.entries(value).flatMap(([identifier, entry]) => {
    const fields: Record<string, unknown> = typeof entry === "string" ? { repository: entry } : Object(entry);
    try {
      const place = path.join(folder, "installed", identifier);
      const config: Record<string, unknown> = JSON.parse(readFileSync(path.join(place, "manifest.json"), "utf8"));
      if (!("name" in config && "version" in config && "entrypoint" in config)) return [];
      const { repository = null, ref = null, parameters = {} } = fields;
      return [{ identifier, name: config.name, repository, ref, parameters, config, files: readdirSync(place) }];
    } catch {
      return [];
    }
  });
}

/** What is no JSON is dropped, as the service does. */
function jsonOr(text: string | undefined, otherwise: Record<string, unknown>): Record<string, unknown> {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return otherwise;
  }
}
