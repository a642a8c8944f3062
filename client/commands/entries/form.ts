// The questions about an entry of PLUGINS, in order. The refs of a repository are those that it has, in the words that the service
// takes; where it can't be asked, one is typed.

import { ProgressLocation, window } from "vscode";
import { metaflow } from "../../../server/service/index.js";
import type { App } from "../../app.js";
import { type Entry, HostError, jsonObject, refsOf } from "../../ops/index.js";
import { sentence } from "../../sentence.js";
import { askChoice, askNeeded, askText, type Frame, type Step } from "../hosts/form.js";

export interface EntryForm {
  readonly kind: "git" | "local";
  readonly identifier?: string;
  readonly repository?: string;
  readonly ref?: string;
  readonly parameters?: string;
  readonly paths?: string;
  readonly auth?: "keep" | "common" | "none" | "agent" | "password";
  readonly user?: string;
  readonly pass?: string;
}

type Answer = Promise<EntryForm | "back" | undefined>;

export interface Known {
  /** Identifiers that are taken. */
  readonly taken: readonly string[];
  /** Folders that may be meant, for a local plugin. */
  readonly folders: readonly string[];
  /** The entry as it stands, when one is changed. */
  readonly entry?: Entry;
}

export function entrySteps(app: App, known: Known): readonly Step<EntryForm>[] {
  const isGit = ({ kind }: EntryForm) => kind === "git";
  return [
    { applies: isGit, ask: (form, frame) => askNeeded(form, "repository", frame, repositoryWords) },
    { applies: () => known.entry === undefined, ask: (form, frame) => askIdentifier(known, form, frame) },
    { applies: isGit, ask: (form, frame) => askRef(app, form, frame) },
    { ask: askParameters },
    { ask: askPaths },
    { applies: isGit, ask: (form, frame) => askAuth(known, form, frame) },
    { applies: ({ auth }) => auth === "password", ask: (form, frame) => askSecret("user", form, frame) },
    { applies: ({ auth }) => auth === "password", ask: (form, frame) => askSecret("pass", form, frame) },
  ];
}

const repositoryWords = {
  prompt: "Address of the repository, as the service's own machine reaches it.",
  placeholder: "https://git.example.org/ui/run-notes.git",
  lacking: "write an address",
};

async function askIdentifier({ taken, folders }: Known, form: EntryForm, frame: Frame): Answer {
  const usual =
    (form.repository ?? "")
      .replace(/\/+$/, "")
      .split(/[/:]/)
      .at(-1)
      ?.replace(/\.git$/, "") ?? "";
  const check = (typed: string) => {
    if (typed === "auth" || !metaflow.isPlainIdentifier(typed)) return "this can't be a folder's name in installed/";
    return taken.includes(typed) ? `there is an entry "${typed}" already; change that one` : undefined;
  };
  const free = folders.filter((name) => check(name) === undefined);
  if (form.kind === "local" && free.length > 0) {
    const other = { label: "$(edit) Another Name", name: undefined };
    const items = [...free.map((name) => ({ label: name, name })), other];
    const chosen = await askChoice(frame, { placeholder: "Which folder of installed/?", items });
    if (typeof chosen !== "object") return chosen;
    if (chosen.name !== undefined) return { ...form, identifier: chosen.name };
  }
  const text = await askText(frame, {
    prompt: "Name of the entry, which is the plugin's folder in installed/.",
    placeholder: "run-notes",
    value: form.identifier ?? usual,
    check,
  });
  return text === undefined || text === "back" ? text : { ...form, identifier: text };
}

async function askRef(app: App, form: EntryForm, frame: Frame): Answer {
  const refs = await knownRefs(app, form.repository ?? "");
  if (typeof refs === "object") {
    const other = { label: "$(edit) Another Ref", ref: undefined };
    const rows = refs.map((ref, at) => ({ label: ref, description: wordsFor(ref, at), ref }));
    const items = [...rows, other];
    const active = items.find(({ ref }) => ref === form.ref);
    const chosen = await askChoice(frame, { placeholder: "What should the service check out?", items, active });
    if (typeof chosen !== "object") return chosen;
    if (chosen.ref !== undefined) return { ...form, ref: chosen.ref };
  }
  const why = typeof refs === "string" ? ` ${refs}` : "";
  const text = await askText(frame, {
    prompt: `A branch as origin/NAME, or a tag. Empty means origin/master.${why}`,
    placeholder: "origin/main",
    value: form.ref ?? "",
    check: () => undefined,
  });
  return text === undefined || text === "back" ? text : { ...form, ref: text };
}

const wordsFor = (ref: string, at: number): string =>
  !ref.startsWith("origin/") ? "tag" : at === 0 ? "the usual branch, followed" : "branch, followed";

/** A sentence where the repository can't be asked from here. */
async function knownRefs(app: App, repository: string): Promise<readonly string[] | string> {
  const title = "Asking the repository for its branches and tags";
  return window.withProgress({ location: ProgressLocation.Notification, title }, async () => {
    try {
      return await refsOf(repository, app.tools(), AbortSignal.timeout(15_000));
    } catch (error) {
      if (error instanceof HostError) return sentence(`it can't be asked from here: ${error.message}`);
      throw error;
    }
  });
}

async function askParameters(form: EntryForm, frame: Frame): Answer {
  const text = await askText(frame, {
    prompt: "Parameters that the plugin gets, as a JSON object. May stay empty.",
    placeholder: '{"color": "blue"}',
    value: form.parameters ?? "",
    check: (typed) => (typed === "" || jsonObject(typed) !== undefined ? undefined : "this is no JSON object"),
  });
  return text === undefined || text === "back" ? text : { ...form, parameters: text };
}

async function askPaths(form: EntryForm, frame: Frame): Answer {
  const text = await askText(frame, {
    prompt:
      "Folders in it that are plugins of their own, with commas between. Mostly empty: then the folder itself is the plugin.",
    placeholder: "badges, charts/latency",
    value: form.paths ?? "",
    check: () => undefined,
  });
  return text === undefined || text === "back" ? text : { ...form, paths: text };
}

async function askAuth({ entry }: Known, form: EntryForm, frame: Frame): Answer {
  const items = [
    ...(entry !== undefined && "auth" in entry ? [{ label: "As It Is", auth: "keep" as const }] : []),
    {
      label: "The Common One",
      detail: "What the key auth of the whole value says, if anything.",
      auth: "common" as const,
    },
    { label: "None", detail: "Also where the whole value has an auth.", auth: "none" as const },
    { label: "The SSH Agent of the Service's Machine", auth: "agent" as const },
    { label: "User and Password", detail: "They stand in the file as clear text.", auth: "password" as const },
  ];
  const active = items.find(({ auth }) => auth === form.auth);
  const chosen = await askChoice(frame, { placeholder: "How does the service sign in there?", items, active });
  return typeof chosen === "object" ? { ...form, auth: chosen.auth } : chosen;
}

async function askSecret(key: "user" | "pass", form: EntryForm, frame: Frame): Answer {
  const text = await askText(frame, {
    prompt: key === "user" ? "User." : "Password or token.",
    placeholder: "",
    value: "",
    isSecret: key === "pass",
    check: (typed) => (typed === "" ? "write one" : undefined),
  });
  return text === undefined || text === "back" ? text : { ...form, [key]: text };
}
