// Tests of the cluster need kubectl. `npm test` fetches one where there is none; what is run otherwise says that it is missing.
import { findExecutable } from "../../../../client/ops/transports/executables.js";
import { skipAloud } from "../skipping.js";

export async function skipWithoutKubectl(context: Mocha.Context): Promise<void> {
  const found = await findExecutable("kubectl", { step: "test" }).catch(() => undefined);
  if (found !== undefined) return;
  skipAloud(context, "there is no kubectl on PATH; `npm test -- --ring 2` fetches one");
}
