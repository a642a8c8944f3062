// A site for a preview panel: a plugin's built page from its folder, or a host that only this machine reaches, asked without any
// credentials. Below a secret path, with the addresses in its pages led there.
import { parseManifest, readManifest } from "../hosts/buntime/packing/manifest.js";
import { type Answer, type Asked, notHere, text } from "../localHost/answer.js";
import { pageFor } from "../localHost/pages.js";
import { atHead, ledBelow, redirection } from "./redirection.js";
import { type PreviewServer, type Requested, startPreviewServer } from "./server.js";

export interface SiteOptions {
  readonly answer: (asked: Asked) => Promise<Answer>;
  /** Path under which a browser finds the server's root. */
  readonly publicPath: () => string;
  readonly publicHost?: () => string;
  readonly seen: (request: Requested) => void;
  /** What is answered at this path holds a script that reads the page's own path, which is another one here. */
  readonly readsOwnPath?: (path: string) => void;
}

export async function startSite(options: SiteOptions): Promise<PreviewServer> {
  const server = await startPreviewServer({
    ...options,
    answer: async (asked) => {
      const answer = await options.answer(asked);
      if (/^text\/(html|javascript)/.test(answer.type ?? "") && readsOwnPath(answer.body.toString()))
        options.readsOwnPath?.(asked.url.pathname);
      return placed(answer, `${options.publicPath()}${server.prefix}`);
    },
  });
  return server;
}

/** `location.pathname`, or the same taken out of `location` by its name. */
export function readsOwnPath(source: string): boolean {
  return /\blocation\s{0,9}(?:\?\.|\.)\s{0,9}pathname\b|\bpathname\b[^{}]{0,200}\}\s{0,9}=\s{0,9}(?:(?:window|document|self|globalThis)\.)?location\b/.test(
    source,
  );
}

/** The frame may have an origin of its own, and module scripts need leave then; the path is secret, so anyone may have it. */
function placed(answer: Answer, root: string): Answer {
  const headers = { ...answer.headers, "Access-Control-Allow-Origin": "*" };
  const location = answer.headers?.Location;
  if (location?.startsWith("/") === true) return { ...answer, headers: { ...headers, Location: `${root}${location}` } };
  if (!/^text\/(html|css)/.test(answer.type ?? "")) return { ...answer, headers };
  const written = answer.body.toString();
  const source = ledBelow(root, written);
  const isPage = answer.type?.startsWith("text/html") === true;
  return { ...answer, headers, body: isPage ? atHead(source, redirection(root, written)) : source };
}

const who = "a preview";

/** A Buntime plugin's page as a host would serve it, by its manifest's newest text. Its server code does not run. */
export async function buntimePage(directory: string, manifest: string | undefined, asked: Asked): Promise<Answer> {
  const reading = manifest === undefined ? await readManifest(directory) : parseManifest(manifest, "manifest.yaml");
  if (!reading.found) return text(404, `${reading.reason}\n`);
  const name = reading.manifest.name ?? "the plugin";
  const { pathname } = asked.url;
  const page = await pageFor([{ name, directory, manifest: reading.manifest }], asked.method, pathname, who);
  return page ?? notHere(`"${name}" has no page of its own at ${pathname}; what its server code answers there`, who);
}

const largest = 32 * 1024 * 1024;
const passed = ["accept", "accept-language", "content-type", "range"];

/** The same request to another server, as somebody who is not signed in. */
export async function throughTo(origin: string, { method, url, header, body }: Asked): Promise<Answer> {
  const headers = new Headers();
  for (const name of passed) {
    const value = header(name);
    if (value !== undefined) headers.set(name, value);
  }
  const sends = method !== "GET" && method !== "HEAD";
  try {
    const answer = await fetch(`${origin}${url.pathname}${url.search}`, {
      method,
      headers,
      redirect: "manual",
      signal: AbortSignal.timeout(15_000),
      ...(sends && { body: new Uint8Array(await body()) }),
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    if (bytes.byteLength > largest) return text(502, "the answer is too large for a preview\n");
    const type = answer.headers.get("content-type") ?? undefined;
    const location = answer.headers.get("location")?.replace(origin, "");
    return {
      status: answer.status,
      body: bytes,
      ...(type !== undefined && { type }),
      ...(location !== undefined && { headers: { Location: location } }),
    };
  } catch (error) {
    return text(502, `${origin} does not answer: ${error instanceof Error ? error.message : "unknown"}\n`);
  }
}
