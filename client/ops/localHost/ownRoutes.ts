// What the local host tells Plugsmith alone: where it keeps Metaflow UI's plugins, and a restart of that service, which has no
// route for it. The header is one that no page of another origin can send.
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { type Answer, type Asked, json } from "./answer.js";
import { holdsKey } from "./gate.js";

export interface OwnRoutes {
  readonly directory: string;
  readonly apiKey?: string;
  restart(): Promise<void>;
}

const base = "/.plugsmith/metaflow";

/** Undefined when the path is none of these. */
export async function ownAnswer(asked: Asked, { directory, apiKey, restart }: OwnRoutes): Promise<Answer | undefined> {
  const { pathname } = asked.url;
  if (pathname !== base && pathname !== `${base}/restart`) return undefined;
  if (asked.header("x-plugsmith") === undefined) return json(403, { error: "the header X-Plugsmith is missing" });
  if (apiKey !== undefined && !holdsKey(asked, apiKey)) return json(401, { error: "Unauthorized" });
  if (pathname === base && asked.method === "GET") {
    const root = path.join(directory, "metaflow");
    const installed = path.join(root, "installed");
    await mkdir(installed, { recursive: true });
    return json(200, { installed, pluginsFile: path.join(root, "config.plugins.json") });
  }
  if (pathname === base || asked.method !== "POST") return json(405, { error: "Method Not Allowed" });
  await restart();
  return json(200, { restarted: true });
}
