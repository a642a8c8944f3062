// Why a plugin did not register, in words: the genuine page shows nothing at all then. Looks at what the service answered, at
// the text of the entry page, and at what the plugin has posted.

import { unreachable } from "../unreachable.js";

export interface Silence {
  readonly entrypoint: string;
  /** Status of the address that the page asks for. */
  readonly status: number;
  /** Path that was asked for, below the service. */
  readonly path: string;
  /** Text of the entry file, where there is one. */
  readonly html: string | undefined;
  /** The plugin's files, by the names that the service lists. */
  readonly files: readonly string[];
  /** Whether the frame asked the service for its page at all. */
  readonly wasAsked: boolean;
  /** Whether the plugin has posted anything of the protocol. */
  readonly hasSpoken: boolean;
}

/** Sentences, the likeliest cause first; one at least. */
export function whySilent({ entrypoint, status, path, html, files, wasAsked, hasSpoken }: Silence): readonly string[] {
  if (status !== 200) return [notServed(entrypoint, status, path, files)];
  if (!wasAsked) return [unreachable];
  if (hasSpoken)
    return ["it has posted messages, but the page took no registration from them; the messages below say why"];
  const reasons: string[] = [];
  if (html !== undefined && !/\.(html?|xhtml)$/i.test(entrypoint.replace(/[?#].*/, "")))
    reasons.push(`the entrypoint "${entrypoint}" is no HTML page, so a frame runs none of it`);
  const scripts = scriptsIn(html ?? "");
  const script = scripts.find(({ isModule }) => isModule)?.source;
  if (script !== undefined)
    reasons.push(
      `"${script}" is a module script: the frame has an origin of its own, and browsers load no module from files there. Build a classic script`,
    );
  const sources = scripts.map(({ source }) => source).filter((source) => !/^([a-z][a-z0-9+.-]*:|\/)/i.test(source));
  const absent = sources.map(plainName).filter((source) => !files.includes(source));
  for (const source of absent)
    reasons.push(
      source.includes("/")
        ? `"${source}" lies in a folder, and the service serves top-level files alone: 404`
        : `"${source}" is not among the plugin's files: 404`,
    );
  const speaks = /PluginRegisterEvent|Metaflow\s*\.\s*(onReady|register)/.test(html ?? "");
  if (reasons.length === 0 && !speaks && sources.length === 0)
    reasons.push(
      "nothing in its page registers: call Metaflow.onReady(…), or post a PluginRegisterEvent to the parent",
    );
  if (reasons.length === 0)
    reasons.push(
      "its page was loaded, but no PluginRegisterEvent came; a script may have failed, see the developer tools (Developer: Toggle Developer Tools)",
    );
  return reasons;
}

function notServed(entrypoint: string, status: number, path: string, files: readonly string[]): string {
  const asked = `${path} answers ${status}`;
  if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(entrypoint))
    return `${asked}: the page puts the service's address in front of every entrypoint, also of an absolute address; name a file of the plugin`;
  const bare = entrypoint.replace(/^(\.?\/)+/, "").replace(/[?#].*/, "");
  if (bare.includes("/")) {
    const last = bare.slice(bare.lastIndexOf("/") + 1);
    const way = files.includes(last)
      ? `put "${last}" at the top of the plugin`
      : "put the page at the top of the plugin";
    return `${asked}: only files at the top of the plugin's folder are served; ${way}, or let an entry's "paths" name the folder`;
  }
  if (bare === "") return `${asked}: the entrypoint is empty`;
  if (!files.includes(bare))
    return `${asked}: there is no file "${bare}" at the top of the plugin; build it, or correct the entrypoint`;
  return `${asked}: the name of the plugin makes an address that the service can't follow`;
}

interface Script {
  /** As written. */
  readonly source: string;
  readonly isModule: boolean;
}

/** Scripts of the page that come from files. A tag is looked at as far as tags are long, so that no page takes for ever. */
function scriptsIn(html: string): readonly Script[] {
  return [...html.matchAll(/<script\b([^>]{0,1000})/gi)].flatMap(([, attributes = ""]) => {
    const source = /(?:^|\s)src\s{0,9}=\s{0,9}["']?([^"'\s>]+)/i.exec(attributes)?.[1];
    const isModule = /(?:^|\s)type\s{0,9}=\s{0,9}["']?module\b/i.test(attributes);
    return source === undefined ? [] : [{ source, isModule }];
  });
}

function plainName(source: string): string {
  const bare = source.replace(/^(\.\/)+/, "").replace(/[?#].*/, "");
  try {
    return decodeURIComponent(bare);
  } catch {
    return bare;
  }
}
