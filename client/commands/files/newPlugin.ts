// "New Plugin": asks for the system, a name and a place, writes the scaffold, and opens its manifest.

import path from "node:path";
import { Uri, window, workspace } from "vscode";
import { systemTitle } from "../../../server/service/index.js";
import type { App } from "../../app.js";
import { adapters, nameProblem, type Scaffolded, scaffold, scaffoldName } from "../../ops/index.js";
import { askChoice, askText, type Frame, fill, type Step } from "../hosts/form.js";
import { run } from "../run.js";

interface Form {
  readonly system?: string;
  readonly name?: string;
  /** The folder that the plugin's folder goes into. */
  readonly parent?: Uri;
}

export async function newPlugin(app: App, argument: unknown): Promise<Scaffolded | undefined> {
  const start = startOf(argument);
  const form = await fill<Form>("New Plugin", start, stepsFor(start));
  if (form?.system === undefined || form.name === undefined || form.parent === undefined) return undefined;
  const { system, name, parent } = form;
  const folder = path.join(parent.fsPath, name);
  const act = { name: `new ${system} plugin ${name}`, title: `Making "${name}"`, quick: true, cancellable: false };
  const shown = workspace.asRelativePath(Uri.file(folder), false);
  const made = await run(app, act, () => scaffold({ system, folder, name, shown }));
  if (made === undefined) return undefined;
  await window.showTextDocument(Uri.file(made.opens));
  void window.showInformationMessage(`"${name}" is made: ${made.files.length} files in ${shown}.`);
  return made;
}

/** A caller may have answered already: a folder of the explorer, or all of it. */
function startOf(argument: unknown): Form {
  if (argument instanceof Uri) return { parent: argument };
  if (typeof argument !== "object" || argument === null) return {};
  const [system, name, parent]: readonly unknown[] = ["system", "name", "parent"].map((key) =>
    Reflect.get(argument, key),
  );
  return {
    ...(typeof system === "string" ? { system } : {}),
    ...(typeof name === "string" ? { name } : {}),
    ...(typeof parent === "string" ? { parent: Uri.parse(parent) } : {}),
  };
}

function stepsFor({ system, name, parent }: Form): readonly Step<Form>[] {
  return [
    ...(system === undefined ? [{ ask: askSystem }] : []),
    ...(name === undefined ? [{ ask: askName }] : []),
    ...(parent === undefined ? [{ ask: askParent }] : []),
  ];
}

async function askSystem(form: Form, frame: Frame): Promise<Form | "back" | undefined> {
  const items = adapters.flatMap(({ system, scaffold: made }) =>
    made === undefined
      ? []
      : [{ label: systemTitle(system), detail: made.description.replaceAll(/\$\{\w+\}/g, "NAME"), system }],
  );
  const chosen = await askChoice(frame, { placeholder: "A plugin of which system?", items });
  return typeof chosen === "object" ? { ...form, system: chosen.system } : chosen;
}

async function askName(form: Form, frame: Frame): Promise<Form | "back" | undefined> {
  const name = await askText(frame, {
    prompt: "The plugin's name, which its folder gets too.",
    placeholder: "run-notes",
    value: form.name ?? "",
    check: (text) => {
      const wrong = nameProblem(text);
      const meant = scaffoldName(text);
      if (wrong === undefined) return undefined;
      return nameProblem(meant) === undefined
        ? `${wrong}; "${meant}" can`
        : `${wrong}; small letters, digits and hyphens can`;
    },
  });
  return name === undefined || name === "back" ? name : { ...form, name };
}

/** A folder of the workspace, or any other. OpenJourney's server looks for plugins in one place. */
async function askParent(form: Form, frame: Frame): Promise<Form | "back" | undefined> {
  const roots = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file").map(({ uri }) => uri);
  const usual = roots.flatMap((root) => [Uri.joinPath(root, "plugins"), root]);
  const other = { label: "$(folder-opened) Another Folder …", parent: undefined };
  const items = [
    ...usual.map((uri) => ({ label: `$(folder) ${workspace.asRelativePath(uri, true)}`, parent: uri })),
    other,
  ];
  const chosen = await askChoice<{ label: string; parent: Uri | undefined }>(frame, {
    placeholder: `Where does "${form.name}" go?`,
    items,
  });
  if (typeof chosen !== "object") return chosen;
  if (chosen.parent !== undefined) return { ...form, parent: chosen.parent };
  const [picked] =
    (await window.showOpenDialog({
      canSelectFolders: true,
      canSelectFiles: false,
      openLabel: "Put the Plugin Here",
    })) ?? [];
  return picked === undefined ? undefined : { ...form, parent: picked };
}
