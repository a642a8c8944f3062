// A look at JavaScript and TypeScript by eye of the text, without a parser: good enough to ask, never to prove the opposite.

/** Comments as blanks. Texts that look like comments go too, so only what is left may be trusted. */
export function withoutComments(text: string): string {
  const kept: string[] = [];
  let from = 0;
  for (let start = text.indexOf("/*"); start >= 0; start = text.indexOf("/*", from)) {
    const end = text.indexOf("*/", start + 2);
    if (end < 0) break;
    kept.push(text.slice(from, start));
    from = end + 2;
  }
  return [...kept, text.slice(from)].join(" ").replace(/(^|[^:"'`\\])\/\/[^\n]*/g, "$1");
}

/** Packages that a module imports at its top, without those that Bun brings along; imports of types alone don't count. */
export function packagesIn(text: string): readonly string[] {
  const found = new Set<string>();
  const pattern = /^\s*(?:import|export)\b(?!\s+(?:type|default)\b)[^"'`;\n(]*?["']([^"'\n]+)["']/gm;
  for (const [, path = ""] of withoutComments(text).matchAll(pattern)) {
    const name = /^(@[\w.-]+\/[\w.-]+|[\w][\w.-]*)(\/|$)/.exec(path)?.[1];
    if (name !== undefined && !BUILT_IN.has(name) && !/^(node|bun):/.test(path)) found.add(name);
  }
  return [...found];
}

const BUILT_IN = new Set(
  "assert async_hooks buffer bun child_process cluster console constants crypto dgram diagnostics_channel dns domain events fs http http2 https inspector module net os path perf_hooks process punycode querystring readline stream string_decoder sys timers tls trace_events tty undici url util v8 vm wasi worker_threads ws zlib".split(
    " ",
  ),
);
