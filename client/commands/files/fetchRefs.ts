// "Fetch Refs": asks the remote of an entry of PLUGINS for its branches and tags, so that completion, hover and problems know them.

import { window } from "vscode";
import { metaflow } from "../../../server/service/index.js";
import type { App } from "../../app.js";
import { setting } from "../../configuration.js";
import { fetchRefs as ask } from "../../ops/index.js";
import { executablesOf } from "../../settings.js";
import { count } from "../../views/model/words.js";
import { run } from "../run.js";
import { mayAct } from "../target.js";

export async function fetchRefs(app: App, argument: unknown): Promise<boolean> {
  if (!mayAct("Programs are run")) return false;
  const repository = typeof argument === "string" ? argument : await chosen();
  if (repository === undefined) return false;
  const shown = metaflow.shownAddress(repository);
  const act = { name: `fetch refs of ${shown}`, title: `Asking ${shown} for its branches and tags` };
  const io = { executables: executablesOf(setting), log: app.log };
  const refs = await run(app, act, ({ signal }) => ask({ repository, signal }, io));
  if (refs === undefined) return false;
  await app.language.tellRefs(refs);
  const { length } = refs.branches;
  const found = `${length} ${length === 1 ? "branch" : "branches"} and ${count(refs.tags.length, "tag")}`;
  const head = refs.head === undefined ? "" : `; the default branch is "${refs.head}"`;
  void window.showInformationMessage(`${shown} has ${found}${head}.`);
  return true;
}

/** One of the addresses in the document in front. */
async function chosen(): Promise<string | undefined> {
  const text = window.activeTextEditor?.document.getText() ?? "";
  const found = [...text.matchAll(ADDRESSES)].map(([address]) => address);
  const [only, ...others] = [...new Set(found)];
  if (only === undefined) {
    void window.showInformationMessage("Open a PLUGINS value with a repository first, or write its address there.");
    return undefined;
  }
  if (others.length === 0) return only;
  const rows = [only, ...others].map((address) => ({ label: metaflow.shownAddress(address), address }));
  return (await window.showQuickPick(rows, { title: "Fetch Refs", placeHolder: "Of which repository?" }))?.address;
}

const ADDRESSES = /\b(?:https?|ssh|git):\/\/[^\s"'\\<>]+|\b[\w.-]+@[\w.-]+:[\w./~-]+/g;
