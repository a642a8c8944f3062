// The variables that a Buntime page sees as `window.__env__`: those of `env`, overridden by a `.env` file in the plugin's folder,
// as far as their names begin with one of `envPrefix`.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { isRecord } from "../values.js";

export async function pageEnvironment(
  directory: string,
  values: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, string>>> {
  const { env, envPrefix } = values;
  const written = isRecord(env)
    ? Object.entries(env).map(([key, value]): [string, string] => [key, String(value)])
    : [];
  const file = await readFile(path.join(directory, ".env"), "utf8").catch(() => "");
  const prefixes = Array.isArray(envPrefix) ? envPrefix.map(String) : ["PUBLIC_", "VITE_"];
  const seen = [...written, ...linesOf(file)].filter(([key]) => prefixes.some((prefix) => key.startsWith(prefix)));
  return Object.fromEntries(seen);
}

/** `KEY=value`, in quotes or not; other lines are none. */
function linesOf(text: string): [string, string][] {
  return text.split(/\r?\n/).flatMap((line): [string, string][] => {
    const match = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*?)\s*$/.exec(line);
    if (match?.[1] === undefined) return [];
    const value = match[2] ?? "";
    const quoted = /^(["'])(.*)\1$/.exec(value)?.[2];
    return [[match[1], quoted ?? value.replace(/\s+#.*$/, "")]];
  });
}
