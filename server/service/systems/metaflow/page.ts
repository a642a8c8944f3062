// Reads an entrypoint's HTML just well enough to know which files it needs and how: tags with src or href, inline
// scripts and styles. No parser of HTML; comments are left out, and everything is linear in the text.

export interface Page {
  readonly references: readonly PageReference[];
  readonly inline: readonly Inline[];
  /** `<base href>` moves every relative address; nothing is said about them then. */
  readonly hasBase: boolean;
}

export interface PageReference {
  readonly kind: "script" | "module" | "style" | "other";
  readonly address: string;
  /** `crossorigin` makes the browser ask with CORS, as it always does for modules. */
  readonly crossOrigin: boolean;
}

export interface Inline {
  readonly kind: "script" | "module" | "style";
  readonly text: string;
}

const TAG = /<!--|<(script|style|link|img|source|iframe|video|audio|embed|base)\b([^<>]*)>?/gi;

export function readPage(html: string): Page {
  const references: PageReference[] = [];
  const inline: Inline[] = [];
  let hasBase = false;
  const tags = new RegExp(TAG);
  for (let match = tags.exec(html); match; match = tags.exec(html)) {
    if (match[0] === "<!--") {
      tags.lastIndex = after(html, "-->", tags.lastIndex);
      continue;
    }
    const tag = (match[1] ?? "").toLowerCase();
    const attributes = attributesOf(match[2] ?? "");
    if (tag === "base") hasBase = true;
    const reference = referenceOf(tag, attributes);
    if (reference) references.push(reference);
    if (tag !== "script" && tag !== "style") continue;
    const end = closing(html, tag, tags.lastIndex);
    const kind = tag === "style" ? "style" : scriptKind(attributes);
    if (kind && !attributes.has("src")) inline.push({ kind, text: html.slice(tags.lastIndex, end) });
    tags.lastIndex = end;
  }
  for (const [, quoted = ""] of withoutComments(html).matchAll(HANDLER))
    inline.push({ kind: "script", text: quoted.slice(1, -1) });
  return { references, inline, hasBase };
}

export const withoutComments = (html: string): string => html.replace(/<!--[\s\S]*?(?:-->|$)/g, "");

/** Code in an attribute, such as `<body onload="Metaflow.onReady(show)">`. */
const HANDLER = /\son[a-z]+\s*=\s*("[^"]*"|'[^']*')/gi;

function after(html: string, text: string, from: number): number {
  const at = html.indexOf(text, from);
  return at < 0 ? html.length : at + text.length;
}

function closing(html: string, tag: string, from: number): number {
  const end = new RegExp(`</${tag}`, "gi");
  end.lastIndex = from;
  return end.exec(html)?.index ?? html.length;
}

function referenceOf(tag: string, attributes: ReadonlyMap<string, string>): PageReference | undefined {
  const address = attributes.get(tag === "link" || tag === "base" ? "href" : "src");
  const kind = tag === "script" ? scriptKind(attributes) : tag === "link" ? linkKind(attributes) : "other";
  if (!address || !kind || tag === "base") return undefined;
  return { kind, address, crossOrigin: attributes.has("crossorigin") };
}

/** Undefined for data blocks such as `type="application/json"` or import maps. */
function scriptKind(attributes: ReadonlyMap<string, string>): "script" | "module" | undefined {
  const type = (attributes.get("type") ?? "").trim().toLowerCase();
  if (type === "module") return "module";
  return type === "" || /(java|ecma)script$/.test(type) ? "script" : undefined;
}

function linkKind(attributes: ReadonlyMap<string, string>): PageReference["kind"] | undefined {
  const rel = (attributes.get("rel") ?? "").toLowerCase().split(/\s+/);
  if (rel.includes("modulepreload")) return "module";
  if (rel.includes("stylesheet")) return "style";
  return rel.some((one) => ["preload", "manifest", "icon"].includes(one)) ? "other" : undefined;
}

function attributesOf(text: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (const match of text.matchAll(/([^\s"'=/>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g)) {
    const name = (match[1] ?? "").toLowerCase();
    if (!attributes.has(name)) attributes.set(name, match[2] ?? match[3] ?? match[4] ?? "");
  }
  return attributes;
}
