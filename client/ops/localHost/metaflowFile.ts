// One file as the Metaflow UI service sends it: with an ETag and its date, in part when a range is asked for, not at all when the
// browser has it already, and packed when a twin `name.gz` stands beside it.
import { readFile, realpath, stat } from "node:fs/promises";
import { type Answer, type Asked, text, typeOf } from "./answer.js";

/** Whether a file may be read, by its path behind all links and the path by which it is asked for. */
export type MayRead = (real: string, asked: string) => Promise<boolean>;

/** `name` gives the type. Links are followed, also out of the plugin's folder, as the service does, unless `mayRead` forbids it. */
export async function sentFile(
  file: string,
  name: string,
  header: Asked["header"],
  mayRead: MayRead = async () => true,
): Promise<Answer> {
  for (const one of [file, `${file}.gz`]) {
    const real = await realpath(one).catch(() => undefined);
    if (real !== undefined && !(await mayRead(real, one))) return text(403, linkWords(name), "text/plain");
  }
  const packed = /\bgzip\b/.test(header("accept-encoding") ?? "") ? await infoOf(`${file}.gz`) : undefined;
  const own = packed ?? (await infoOf(file));
  // Listed, and not there: in a subfolder alone, or removed since the start.
  if (own === undefined) return text(404, "", "text/plain");
  const etag = `"${own.mtimeNs.toString(16)}-${own.size.toString(16)}"`;
  const changed = Math.ceil(Number(own.mtimeMs) / 1000) * 1000;
  const headers = {
    ETag: etag,
    "Last-Modified": new Date(changed).toUTCString(),
    "Accept-Ranges": "bytes",
    ...(packed !== undefined && { "Content-Encoding": "gzip", Vary: "Accept-Encoding" }),
  };
  if (isHeld(header, etag, changed)) return { status: 304, body: "", headers };
  const body = await readFile(packed === undefined ? file : `${file}.gz`);
  const whole: Answer = { status: 200, type: typeOf(name).replace(/;.*/, ""), body, mayBeSniffed: true, headers };
  const asked = header("range");
  const since = Date.parse(header("if-range") ?? "");
  if (asked === undefined || since < changed) return whole;
  const part = partOf(asked, body.byteLength);
  if (part === undefined)
    return { ...text(416, "", "text/plain"), headers: { ...headers, "Content-Range": `bytes */${body.byteLength}` } };
  const [first, last] = part;
  const range = `bytes ${first}-${last}/${body.byteLength}`;
  return {
    ...whole,
    status: 206,
    body: body.subarray(first, last + 1),
    headers: { ...headers, "Content-Range": range },
  };
}

const linkWords = (name: string) =>
  `"${name}" is a link that leads out of what may be read here; the host follows it\n`;

async function infoOf(file: string) {
  const info = await stat(file, { bigint: true }).catch(() => undefined);
  return info?.isFile() === true ? info : undefined;
}

/** A tag decides alone where there is one. */
function isHeld(header: Asked["header"], etag: string, changed: number): boolean {
  const tags = header("if-none-match");
  if (tags !== undefined) return tags.split(",").some((tag) => ["*", etag, `W/${etag}`].includes(tag.trim()));
  return changed <= Date.parse(header("if-modified-since") ?? "");
}

/** First and last byte; undefined when the file has no such part, or the words say none. */
function partOf(range: string, size: number): readonly [number, number] | undefined {
  const [, from = "", to = ""] = /^bytes=(\d*)-(\d*)$/.exec(range.trim()) ?? [];
  if (from === "" && to === "") return undefined;
  const first = from === "" ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === "" || to === "" ? size - 1 : Math.min(Number(to), size - 1);
  return first <= last ? [first, last] : undefined;
}
