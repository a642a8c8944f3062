// Where what tests fetch is kept from one run to the next; git ignores it.
import path from "node:path";
import process from "node:process";
import { inProject } from "./root.mjs";

export function cacheFolder() {
  return path.resolve(process.env.PLUGSMITH_TEST_CACHE ?? inProject(".vscode-test"));
}
