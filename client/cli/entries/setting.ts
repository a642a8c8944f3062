// What `plugsmith entry set` is told on the command line, as fields of an entry.

import { readFileSync } from "node:fs";
import path from "node:path";
import type { metaflow } from "../../../server/service/index.js";
import { jsonObject } from "../../ops/index.js";
import { type Call, Misuse } from "../command.js";

type Change = Parameters<typeof metaflow.editEntry>[2];

const fieldNames = [
  "repository",
  "ref",
  "parameters",
  "paths",
  "auth",
] as const satisfies readonly metaflow.EntryField[];

export function setting(call: Call, identifier: string): Change {
  const { value } = call;
  const [repository, ref, paths] = [value("repository"), value("ref"), value("paths")];
  const parameters =
    value("parameters") === undefined ? undefined : objectFrom("--parameters", value("parameters") ?? "");
  const auth = authFrom(call);
  const unset = (value("unset") ?? "").split(",").filter((one) => one !== "");
  const unknown = unset.find((one) => !fieldNames.some((name) => name === one));
  if (unknown !== undefined) throw new Misuse(`an entry has no field "${unknown}"; there are ${fieldNames.join(", ")}`);
  return {
    kind: "set",
    identifier,
    fields: {
      ...(repository === undefined ? {} : { repository }),
      ...(ref === undefined ? {} : { ref }),
      ...(parameters === undefined ? {} : { parameters }),
      ...(paths === undefined ? {} : { paths: paths.split(",").map((one) => one.trim()) }),
      ...(auth === undefined ? {} : { auth }),
    },
    unset: fieldNames.filter((name) => unset.includes(name)),
  };
}

/** Credentials are read from a file: a list of arguments can be seen by everybody on the machine. */
function authFrom({ value, terminal }: Call): Readonly<Record<string, unknown>> | null | undefined {
  const from = value("auth");
  if (from === undefined) return undefined;
  if (from === "none") return null;
  return objectFrom("--auth", textOf(from, path.resolve(terminal.cwd, from)));
}

function textOf(from: string, file: string): string {
  try {
    return readFileSync(from === "-" ? 0 : file, "utf8");
  } catch {
    throw new Misuse(`the file "${from}" of --auth can't be read`);
  }
}

function objectFrom(option: string, text: string): Readonly<Record<string, unknown>> {
  const object = jsonObject(text);
  if (object) return object;
  throw new Misuse(`${option} wants a JSON object`);
}
