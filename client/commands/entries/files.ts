// Which file holds the PLUGINS value that is meant: what the host's row names, the file in the editor, or one of the workspace's.

import { Uri, window, workspace } from "vscode";
import { metaflow } from "../../../server/service/index.js";
import type { App } from "../../app.js";
import type { Target } from "../target.js";

export interface ValuePlace {
  readonly file: string;
  /** Where the value begins, in a file that has several. */
  readonly line?: number;
  readonly identifiers: readonly string[];
}

/** `needs`: "entry" where there has to be one already. Undefined when the user gave up or there is none; then it has been said. */
export async function pickValue(
  app: App,
  target: Target,
  title: string,
  needs: "entry" | "value" | "nothing",
): Promise<ValuePlace | undefined> {
  const named = app.rows.named(target.host ?? "")?.own?.pluginsFile;
  const shown = typeof named === "string" ? [] : await placesShown(target);
  const [only, another] = shown.filter((place) => fits(place, needs));
  // Whoever looks at the one value means that one.
  if (only !== undefined && another === undefined) return only;
  const places =
    typeof named === "string" ? await placesIn(Uri.file(named)) : [...shown, ...(await placesBesides(shown))];
  const fitting = places.filter((place) => fits(place, needs));
  if (typeof named === "string" && places.length === 0 && needs === "nothing") return { file: named, identifiers: [] };
  const fresh = {
    label: "$(new-file) New config.plugins.json",
    description: "in the workspace's folder",
    place: newFile(),
  };
  const rows = [
    ...fitting.map((place) => ({
      label: workspace.asRelativePath(place.file),
      description: [
        place.line === undefined ? "" : `line ${place.line}`,
        place.identifiers.join(", ") || "no entries yet",
      ]
        .filter(Boolean)
        .join(" · "),
      place,
    })),
    ...(needs === "nothing" && fresh.place !== undefined ? [fresh] : []),
  ];
  const [first] = rows;
  if (first === undefined) {
    void window.showInformationMessage(
      needs === "entry" ? "No PLUGINS value with an entry was found here." : "No PLUGINS value was found here.",
    );
    return undefined;
  }
  if (rows.length === 1 && fitting.length === 1) return first.place;
  const options = { title, placeHolder: "Which PLUGINS value?", matchOnDescription: true };
  return (await window.showQuickPick(rows, options))?.place;
}

const fits = ({ identifiers }: ValuePlace, needs: "entry" | "value" | "nothing"): boolean =>
  needs !== "entry" || identifiers.length > 0;

/** Names that usually hold one; the file in the editor counts whatever its name is. */
const usual =
  "**/{plugins.json,PLUGINS.json,*.plugins.json,.env,.env.*,*.env,*compose*.yaml,*compose*.yml,Dockerfile,*.sh}";

async function placesShown({ manifest }: Target): Promise<readonly ValuePlace[]> {
  const meant = manifest === undefined ? window.activeTextEditor?.document.uri : Uri.parse(manifest);
  return meant?.scheme === "file" ? placesIn(meant) : [];
}

async function placesBesides(shown: readonly ValuePlace[]): Promise<readonly ValuePlace[]> {
  const found = await workspace.findFiles(usual, "**/{node_modules,.venv,dist,out}/**", 400);
  const others = found.filter(({ fsPath }) => !shown.some(({ file }) => file === fsPath));
  return (await Promise.all(others.map(placesIn))).flat();
}

async function placesIn(uri: Uri): Promise<readonly ValuePlace[]> {
  const { fsPath: file } = uri;
  if (!metaflow.mayHoldPlugins(file)) return [];
  // Any other JSON file is no value as a whole.
  const isOther = /\.json$/.test(file) && !/(^|[./\\])plugins\.json$/i.test(file);
  const bytes = await Promise.resolve(workspace.fs.readFile(uri)).catch(() => undefined);
  if (bytes === undefined || bytes.byteLength > 1_000_000) return [];
  const values = metaflow.pluginsValuesIn(file, Buffer.from(bytes).toString("utf8"));
  const sound = values.filter(({ problem, isInside }) => problem === undefined && (isInside || !isOther));
  return sound.map(({ line, identifiers }) => ({
    file,
    identifiers: identifiers.filter((name) => name !== "auth"),
    ...(values.length > 1 ? { line } : {}),
  }));
}

function newFile(): ValuePlace | undefined {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  if (folder === undefined) return undefined;
  return { file: Uri.joinPath(folder, "config.plugins.json").fsPath, identifiers: [] };
}
