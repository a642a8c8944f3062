// The local host's own page at `/`: what it is, what is loaded, and where to open it. Buntime itself answers 404 there.
import { type Answer, text } from "./answer.js";
import type { LoadedPlugin } from "./load.js";

export function frontPage(plugins: readonly LoadedPlugin[]): Answer {
  const items = plugins.map(({ name, manifest }) => {
    const open = manifest.base !== undefined && manifest.entrypoint !== undefined;
    const where = open
      ? `<a href="${escaped(manifest.base ?? "")}/">${escaped(manifest.base ?? "")}/</a>`
      : "no page of its own";
    return `<li><b>${escaped(name)}</b> ${escaped(manifest.version ?? "")} ${where}</li>`;
  });
  const list = items.length === 0 ? "<p>No plugin is loaded yet.</p>" : `<ul>${items.join("")}</ul>`;
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Plugsmith local host</title></head><body>
<h1>Plugsmith local host</h1>${list}
<p>Buntime's management API is at <code>/_/api</code>, Metaflow's plugin routes at <a href="/plugin">/plugin</a>.
Plugins' server code does not run here.</p></body></html>\n`;
  const policy = "default-src 'none'; style-src 'unsafe-inline'";
  return { ...text(200, html, "text/html;charset=utf-8"), headers: { "Content-Security-Policy": policy } };
}

function escaped(value: string): string {
  return value.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
