// A server for one preview panel: loopback alone, any free port, and everything below a path that nobody can guess, so that no
// other page or user of this machine sees what is previewed. It ends with the panel.
import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import { isIP } from "node:net";
import { HostError } from "../hosts/hostError.js";
import { type Answer, type Asked, text } from "../localHost/answer.js";
import { askedOf, listening, loopback, send, stopped } from "../localHost/listener.js";

export interface PreviewServer {
  /** `http://127.0.0.1:1234` */
  readonly origin: string;
  /** `/x7Kq…`: what every address of the preview begins with. */
  readonly prefix: string;
  stop(): Promise<void>;
}

/** A request that reached the preview, for its log. */
export interface Requested {
  readonly method: string;
  /** Below the prefix, with the query. */
  readonly path: string;
  readonly status: number;
}

export interface PreviewRoutes {
  /** `asked.url` has the path below the prefix. */
  answer(asked: Asked): Promise<Answer>;
  readonly seen?: (request: Requested) => void;
  /** Host under which a browser finds the server, where the editor forwards its port: `code.example.org:8443`. */
  readonly publicHost?: () => string;
}

const largestBody = 16 * 1024 * 1024;

export async function startPreviewServer({ answer, seen, publicHost }: PreviewRoutes): Promise<PreviewServer> {
  const prefix = `/${randomBytes(24).toString("base64url")}`;
  const server = createServer((request, response) => {
    const { method = "GET", url: target = "/" } = request;
    // Whatever a page asks for of others, they don't hear of the path; this server does, from its own pages.
    response.setHeader("Referrer-Policy", "same-origin");
    const url = target.startsWith(`${prefix}/`) ? URL.parse(`http://${loopback}${target.slice(prefix.length)}`) : null;
    if (isForeignHost(request.headers.host, publicHost?.())) {
      if (url !== null) seen?.({ method, path: url.pathname, status: 421 });
      return send(response, text(421, misdirected), method);
    }
    if (url === null) return send(response, elsewhere(target, prefix, request.headers.referer), method);
    answer(askedOf(request, url, largestBody)).then(
      (found) => {
        seen?.({ method, path: `${url.pathname}${url.search}`, status: found.status });
        send(response, found, method);
      },
      () => send(response, text(500, "Internal Server Error\n"), method),
    );
  });
  const port = await listening(server, 0, (cause) => {
    const message = "the preview can't listen on this machine's loopback address";
    return new HostError({ kind: "tool", step: "preview", message, next: "see whether a firewall forbids it", cause });
  });
  return { origin: `http://${loopback}:${port}`, prefix, stop: () => stopped(server) };
}

/**
 * A page of the preview that asks for an address from the root means one below the prefix; browsers say from which page they
 * ask, and only a page of the preview knows the prefix. Anyone else gets nothing.
 */
function elsewhere(target: string, prefix: string, referer = ""): Answer {
  const isOurs = URL.parse(referer)?.pathname.startsWith(`${prefix}/`) === true;
  if (!isOurs || !/^\/(?!\/)/.test(target)) return text(404, "Not Found\n");
  const headers = { Location: `${prefix}${target}`, "Access-Control-Allow-Origin": "*", "Cache-Control": "no-store" };
  return { status: 307, body: "", headers };
}

const misdirected =
  "This preview answers under the address that the editor gives it, and under no other name. Where a proxy in front of the editor changes the Host header, let it pass the header on.\n";

/**
 * A name that somebody may have pointed at this machine, so that their page has the preview for its own origin. Numbers, and names
 * of one word, are nobody's to point anywhere.
 */
function isForeignHost(header: string | undefined, own = ""): boolean {
  if (header === undefined) return false;
  const nameOf = (host: string) => URL.parse(`http://${host}`)?.hostname.replace(/\.$/, "");
  const name = nameOf(header);
  if (name === undefined) return true;
  const isOurs = name === nameOf(own) || isIP(name.replace(/^\[|\]$/g, "")) !== 0;
  return !isOurs && name.includes(".") && !name.endsWith(".localhost");
}
