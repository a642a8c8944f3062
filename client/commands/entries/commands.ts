// Adding, changing and removing entries of PLUGINS where they live, and copying the value: asked for, looked up, shown as a difference,
// and written only then.

import { commands, env, Uri, window } from "vscode";
import { metaflow } from "../../../server/service/index.js";
import type { App } from "../../app.js";
import {
  type Entry,
  type EntryChange,
  type EntryPlan,
  jsonObject,
  planEntry,
  readPlugins,
  stops,
  writeEntry,
} from "../../ops/index.js";
import { sentence } from "../../sentence.js";
import { fill } from "../hosts/form.js";
import { run } from "../run.js";
import { mayAct, targetOf } from "../target.js";
import { pickValue, type ValuePlace } from "./files.js";
import { type EntryForm, entrySteps } from "./form.js";

export const addGitPlugin = (app: App, argument: unknown) => add(app, argument, "git", "Add Git Plugin");
export const addLocalPlugin = (app: App, argument: unknown) => add(app, argument, "local", "Add Local Plugin");

/** Answers the entry's name when it was written. */
async function add(app: App, argument: unknown, kind: "git" | "local", title: string): Promise<string | undefined> {
  if (!mayAct()) return undefined;
  const target = targetOf(argument);
  const place = await pickValue(app, target, title, "nothing");
  if (place === undefined) return undefined;
  const folders = app.board.plugins().filter(({ system }) => system === "metaflow");
  const known = {
    taken: place.identifiers,
    folders: folders.map(({ root }) => Uri.parse(root).path.split("/").at(-1) ?? ""),
  };
  const start: EntryForm = { kind, ...(target.plugin === undefined ? {} : { identifier: target.plugin }) };
  const form = await fill<EntryForm>(title, start, entrySteps(app, known));
  if (form?.identifier === undefined) return undefined;
  return change(app, place, { kind: "set", identifier: form.identifier, ...fieldsOf(form) }, "Add");
}

export async function editPluginsEntry(app: App, argument: unknown): Promise<string | undefined> {
  if (!mayAct()) return undefined;
  const picked = await pickEntry(app, argument, "Edit Entry of PLUGINS");
  if (picked === undefined) return undefined;
  const { place, identifier, entry } = picked;
  const form = await fill<EntryForm>(
    `Edit ${identifier}`,
    formOf(entry),
    entrySteps(app, { taken: [], folders: [], entry }),
  );
  if (form === undefined) return undefined;
  return change(app, place, { kind: "set", identifier, ...fieldsOf(form) }, "Change");
}

export async function removePluginsEntry(app: App, argument: unknown): Promise<string | undefined> {
  if (!mayAct()) return undefined;
  const picked = await pickEntry(app, argument, "Remove Entry of PLUGINS");
  if (picked === undefined) return undefined;
  return change(app, picked.place, { kind: "remove", identifier: picked.identifier }, "Remove");
}

export async function copyPluginsValue(app: App, argument: unknown): Promise<string | undefined> {
  const title = "Copy PLUGINS Value";
  const place = await pickValue(app, targetOf(argument), title, "value");
  if (place === undefined) return undefined;
  const rows = metaflow.VALUE_FORMS.map(({ form, title: label, about }) => ({ label, description: about, form }));
  const chosen = await window.showQuickPick(rows, { title, placeHolder: "For which place?", matchOnDescription: true });
  if (chosen === undefined) return undefined;
  const read = await reading(app, place);
  if (read?.json === undefined) return undefined;
  await env.clipboard.writeText(metaflow.assignment(chosen.form, read.json));
  const secrets = read.json.includes('"pass"') ? " It holds credentials." : "";
  void window.showInformationMessage(`The PLUGINS value is copied for ${chosen.label}.${secrets}`);
  return chosen.form;
}

async function pickEntry(app: App, argument: unknown, title: string) {
  const target = targetOf(argument);
  const place = await pickValue(app, target, title, "entry");
  const read = place === undefined ? undefined : await reading(app, place);
  if (place === undefined || read === undefined) return undefined;
  const rows = [...read.entries].map(([identifier, entry]) => ({
    label: identifier,
    description: wordsOf(entry),
    entry,
  }));
  const meant = rows.find(({ label }) => label === target.plugin);
  const chosen =
    meant ?? (await window.showQuickPick(rows, { title, placeHolder: "Which entry?", matchOnDescription: true }));
  return chosen === undefined ? undefined : { place, identifier: chosen.label, entry: chosen.entry };
}

function reading(app: App, { file, line }: ValuePlace) {
  const act = { name: `read PLUGINS of ${file}`, title: "Reading the PLUGINS value", quick: true };
  return run(app, act, () => readPlugins(file, "entry", line));
}

async function change(app: App, place: ValuePlace, wanted: EntryChange, verb: string): Promise<string | undefined> {
  const { file, line } = place;
  const act = { name: `plan entry ${wanted.identifier}`, title: `Looking up "${wanted.identifier}"`, quick: true };
  const plan = await run(app, act, ({ signal }) =>
    planEntry({ file, change: wanted, signal, tools: app.tools(), ...(line === undefined ? {} : { line }) }),
  );
  if (plan === undefined || !(await agreed(app, plan, verb))) return undefined;
  const write = { name: `write entry ${plan.identifier}`, title: `Writing ${file}`, quick: true, cancellable: false };
  const written = await run(app, write, async () => {
    await writeEntry(plan);
    return true;
  });
  if (written !== true) return undefined;
  const open = "Open File";
  const text = `The entry "${plan.identifier}" is ${verb === "Remove" ? "removed" : "written"}. The service reads it at its next start.`;
  void window
    .showInformationMessage(text, open)
    .then((choice) => choice === open && commands.executeCommand("vscode.open", Uri.file(file)));
  return plan.identifier;
}

/** The file's difference in the editor, and what speaks against it, before anything is written. */
async function agreed(app: App, plan: EntryPlan, verb: string): Promise<boolean> {
  const { before, after, findings, identifier } = plan;
  if (before.text === after.text) {
    void window.showInformationMessage(`The entry "${identifier}" is as it should be; nothing is to be written.`);
    return false;
  }
  const side = (text: string) => [{ path: before.file, bytes: Buffer.from(text, "utf8") }];
  await app.showDifferences(`${verb} "${identifier}"`, side(before.text), side(after.text));
  const isBad = stops(findings);
  const go = { label: `$(check) ${isBad ? `${verb} Anyway` : verb}`, description: "write the file", alwaysShow: true };
  const icons = { error: "error", warning: "warning", information: "info" } as const;
  const rows = findings.map(({ severity, message }) => ({ label: `$(${icons[severity]}) ${sentence(message)}` }));
  const options = {
    title: `${verb} "${identifier}" in PLUGINS`,
    placeHolder: "Escape leaves the file as it is",
    ignoreFocusOut: true,
  };
  const choices = isBad ? [...rows, go] : [go, ...rows];
  return (await window.showQuickPick(choices, options)) === go;
}

type Fields = Pick<Extract<EntryChange, { readonly kind: "set" }>, "fields" | "unset">;

function fieldsOf({ kind, repository, ref, parameters, paths, auth, user, pass }: EntryForm): Fields {
  const isGit = kind === "git";
  const wanted = jsonObject(parameters ?? "");
  const folders = (paths ?? "").split(",").flatMap((one) => one.trim() || []);
  const credentials = auth === "agent" ? { agent: true } : auth === "password" ? { user, pass } : null;
  const setsAuth = auth === "agent" || auth === "password" || auth === "none";
  const fields = {
    ...(isGit && repository !== undefined ? { repository } : {}),
    ...(isGit && ref !== undefined && ref !== "" ? { ref } : {}),
    ...(wanted === undefined ? {} : { parameters: wanted }),
    ...(folders.length === 0 ? {} : { paths: folders }),
    ...(isGit && setsAuth ? { auth: credentials } : {}),
  };
  const unset = (["ref", "parameters", "paths"] as const).filter((key) => !(key in fields) && (isGit || key !== "ref"));
  return { fields, unset: isGit && auth === "common" ? [...unset, "auth"] : unset };
}

function formOf({ repository, ref, parameters, paths, auth }: Entry): EntryForm {
  return {
    kind: typeof repository === "string" && repository !== "" ? "git" : "local",
    ...(typeof repository === "string" ? { repository } : {}),
    ...(typeof ref === "string" ? { ref } : {}),
    ...(parameters === undefined ? {} : { parameters: JSON.stringify(parameters) }),
    ...(Array.isArray(paths) ? { paths: paths.join(", ") } : {}),
    auth: auth === undefined ? "common" : auth === null ? "none" : "keep",
  };
}

function wordsOf({ repository, ref }: Entry): string {
  if (typeof repository !== "string" || repository === "") return "local";
  const address = repository.replace(/\/\/[^/@]*@/, "//");
  return typeof ref === "string" ? `${address} · ${ref}` : address;
}
