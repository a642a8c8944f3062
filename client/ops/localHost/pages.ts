// Serves the pages of loaded Buntime plugins from their files: the page below its base with its deep links and assets,
// `<base href>` where the manifest asks for it. Routes that need the plugin's code are answered with a sentence instead.
import { readFile, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { buntime } from "../../../server/service/index.js";
import { type Answer, notHere, text, typeOf } from "./answer.js";
import type { LoadedPlugin } from "./load.js";
import { pageEnvironment } from "./pageEnvironment.js";

/** Undefined when no loaded plugin owns the path. `who` is said to answer where only a host could. */
export async function pageFor(
  plugins: readonly LoadedPlugin[],
  method: string,
  pathname: string,
  who?: string,
): Promise<Answer | undefined> {
  const absent = (what: string) => notHere(what, who);
  const plugin = ownerOf(plugins, pathname);
  const base = plugin?.manifest.base;
  if (plugin === undefined || base === undefined) return undefined;
  const [bad] = buntime.workerRefusals(plugin.manifest.values);
  if (bad !== undefined) return text(500, `${bad.wrong}; ${bad.next}\n`);
  const { entrypoint } = plugin.manifest;
  if (entrypoint === undefined)
    return pathname === base || pathname === `${base}/` ? undefined : absent(`"${plugin.name}"`);
  if (!/\.html?$/i.test(entrypoint)) return absent(`the service "${entrypoint}" of "${plugin.name}"`);
  if (pathname === base && base !== "/") return { status: 308, body: "", headers: { Location: `${base}/` } };
  const rest = decoded(base === "/" ? "" : pathname.slice(base.length + 1));
  if (rest === undefined) return text(400, "Bad Request\n");
  if (method !== "GET" && method !== "HEAD") return absent(`${method} ${pathname} of "${plugin.name}"`);
  if (rest === "api" || rest.startsWith("api/")) return absent(`"${plugin.name}"`);
  return pageFile(plugin, entrypoint, rest, base);
}

function ownerOf(plugins: readonly LoadedPlugin[], pathname: string): LoadedPlugin | undefined {
  return plugins.find(({ manifest: { base } }) => {
    if (base === undefined) return false;
    return base === "/" ? pathname === "/" : pathname === base || pathname.startsWith(`${base}/`);
  });
}

async function pageFile(plugin: LoadedPlugin, entrypoint: string, rest: string, base: string): Promise<Answer> {
  const page = await pageOf(plugin, entrypoint);
  if (page === undefined) return text(404, "Not Found\n");
  const folder = path.dirname(page);
  const wanted = rest === "" ? page : path.join(folder, rest);
  const names = path.relative(folder, wanted).split(path.sep);
  const isAbove = names.includes("..");
  if (!isAbove && names.some(isHidden)) return text(404, `${rest} is not served here\n`);
  const file = (isAbove ? undefined : await fileInside(plugin.directory, wanted)) ?? page;
  const bytes = await readFile(file);
  if (!/\.html?$/i.test(file)) return { status: 200, type: typeOf(file), body: bytes };
  const html = await withHead(bytes.toString("utf8"), plugin, base);
  return { status: 200, type: typeOf(file), body: html ?? bytes };
}

/** `.env`, `.git` and their like. */
const isHidden = (name: string): boolean => name.startsWith(".") && name !== ".well-known";

/** Where the entrypoint is absent, the host takes the `index.html` at the top. */
async function pageOf({ directory }: LoadedPlugin, entrypoint: string): Promise<string | undefined> {
  const named = await fileInside(directory, path.join(directory, entrypoint));
  return named ?? fileInside(directory, path.join(directory, "index.html"));
}

/** What the host puts behind a literal `<head>`: the base, and the variables that the page may see. */
async function withHead(
  html: string,
  { directory, manifest }: LoadedPlugin,
  base: string,
): Promise<string | undefined> {
  const href = base === "/" ? "/" : `${base}/`;
  const tag = manifest.values.injectBase === true ? `<base href="${href}" />` : "";
  const seen = await pageEnvironment(directory, manifest.values);
  const json = JSON.stringify(seen).replaceAll("<", "\\u003c");
  const script = Object.keys(seen).length > 0 ? `<script>window.__env__=${json}</script>` : "";
  return tag + script === "" ? undefined : html.replace("<head>", () => `<head>${tag}${script}`);
}

/** The real file, only when it is one and lies in the plugin's folder. */
async function fileInside(directory: string, file: string): Promise<string | undefined> {
  try {
    const [root, real] = await Promise.all([realpath(directory), realpath(file)]);
    if (!real.startsWith(root + path.sep)) return undefined;
    return (await stat(real)).isFile() ? real : undefined;
  } catch {
    return undefined;
  }
}

function decoded(part: string): string | undefined {
  try {
    const plain = decodeURIComponent(part);
    return plain.includes("\0") ? undefined : plain;
  } catch {
    return undefined;
  }
}
