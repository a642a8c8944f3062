// Which sources the installed package was built from, noted beside the server's files when it was sent from here, so that a change
// by somebody else can be told.
import path from "node:path";
import { isRecord } from "../../../values.js";
import type { Fingerprint } from "../../host.js";
import type { Distribution } from "../python/probe.js";
import { normalName } from "../wheels/wheel.js";
import { textAt, writeWhole } from "./disk.js";
import type { LocalServer } from "./server.js";

/** `contents`: as the shipment's. */
export async function noteSent(server: LocalServer, installed: Distribution, contents: string, step: string) {
  const notes = {
    ...(await notesOf(server, step)),
    [normalName(installed.name)]: { contents, record: installed.record },
  };
  await writeWhole(fileOf(server), `${JSON.stringify(notes, undefined, 2)}\n`, step);
}

/** Other files than those that were noted have a digest that equals no shipment's. */
export async function fingerprintOf(server: LocalServer, installed: Distribution, step: string): Promise<Fingerprint> {
  const note = (await notesOf(server, step))[normalName(installed.name)];
  const { version, record, changedAt } = installed;
  const known = isRecord(note) && typeof note.contents === "string" && note.record === record;
  const contents = known ? String(note.contents) : isRecord(note) ? `installed files ${record}` : undefined;
  return {
    version,
    ...(contents === undefined ? {} : { contents }),
    ...(changedAt === undefined ? {} : { changedAt }),
  };
}

async function notesOf(server: LocalServer, step: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    const value: unknown = JSON.parse((await textAt(fileOf(server), step)) ?? "{}");
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

function fileOf({ directory }: LocalServer): string {
  return path.join(directory, ".plugsmith", "sent.json");
}
