// A previewed site stands below a path of its own, while its pages ask for addresses from the root. Such addresses in what they
// write are led below that path; a few lines in front of a page's head do the same for requests of its scripts, and take
// themselves out of the page again.

/** `words`: first words of the paths to lead there; without them, every path of this origin. */
export function redirection(root: string, words?: readonly string[]): string {
  const which = words === undefined ? "/^\\//" : `/^\\/(${words.join("|")})(\\/|$)/`;
  return `<script>(()=>{const root=${inScript(root)},own=new URL(location.href).origin,below=${which};
const to=(a)=>{const u=new URL(a,document.baseURI);return u.origin===own&&below.test(u.pathname)&&!u.pathname.startsWith(root+"/")?own+root+u.pathname+u.search:a};
const f=window.fetch;window.fetch=(a,o)=>f(a instanceof Request?(to(a.url)===a.url?a:new Request(to(a.url),a)):to(a),o);
const x=XMLHttpRequest.prototype.open;XMLHttpRequest.prototype.open=function(m,a,...r){return x.call(this,m,to(a),...r)};
document.currentScript.remove()})()</script>`;
}

/** Addresses from the root in a page or a style sheet. `words` as above. */
export function ledBelow(root: string, source: string, words?: readonly string[]): string {
  const first = words === undefined ? "(?!/)" : `(?=(?:${words.join("|")})(?:/|["'\\s)?#>]))`;
  const attributes = new RegExp(`(\\s(?:src|href|action|poster|data|formaction)\\s*=\\s*["']?)/${first}`, "gi");
  const urls = new RegExp(`(\\burl\\(\\s*["']?|@import\\s+["'])/${first}`, "gi");
  return source.replace(attributes, `$1${root}/`).replace(urls, `$1${root}/`);
}

/** Right behind the beginning of the head, before anything of the page's own. */
export function atHead(html: string, inserted: string): string {
  const start = /<head[^>]*>/i.exec(html) ?? /<html[^>]*>/i.exec(html) ?? /<!doctype[^>]*>/i.exec(html);
  const at = start === null ? 0 : start.index + start[0].length;
  return `${html.slice(0, at)}${inserted}${html.slice(at)}`;
}

/** A value as it may stand in a script of a page. */
export function inScript(value: unknown): string {
  return (JSON.stringify(value) ?? "null").replaceAll("<", "\\u003c");
}
