// Tests of the cluster need kubectl. `npm test` fetches one where there is none; what is run otherwise says that it is missing.
import { findExecutable } from "../../../../client/ops/transports/executables.js";
import { skipAloud } from "../skipping.js";

export async function skipWithoutKubectl(context: Mocha.Context): Promise<void> {
  const why = await lackingKubectl();
  if (why !== undefined) skipAloud(context, why);
}

export async function lackingKubectl(): Promise<string | undefined> {
  const found = await findExecutable("kubectl", { step: "test" }).catch(() => undefined);
  return found === undefined ? "there is no kubectl on PATH; `npm test -- --ring 2` fetches one" : undefined;
}
