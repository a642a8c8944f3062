// Tasks for `tasks.json` and "Run Task": check the manifests, package a plugin, deploy it. Checking and packaging run the terminal
// command that comes with the extension; its lines become problems by the matcher $plugsmith.

import { spawn } from "node:child_process";
import path from "node:path";
import {
  type CancellationToken,
  CustomExecution,
  EventEmitter,
  type Pseudoterminal,
  Task,
  TaskGroup,
  type TaskProvider,
  TaskScope,
  Uri,
  type WorkspaceFolder,
  workspace,
} from "vscode";
import type { App } from "../app.js";
import { deployPlugin } from "../commands/acting/deploy.js";
import { packableSystems } from "../ops/index.js";
import { argumentsOf, forTerminal, rowOf, type TaskRow, taskType, titleOf } from "./definition.js";

/** More rows than that are no help in a list. */
const most = 60;

export function createTaskProvider(app: App): TaskProvider {
  return {
    provideTasks: (_token: CancellationToken) => offered(app),
    resolveTask: (task) => {
      const row = rowOf(task.definition);
      const folder = folderOf(task);
      return row === undefined || folder === undefined ? undefined : taskOf(app, folder, row, task);
    },
  };
}

async function offered(app: App): Promise<Task[]> {
  // Right after waking up, the language server has not told of any plugin yet.
  if (app.board.plugins().length === 0) await app.board.reread();
  const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file");
  const rows = folders.flatMap((folder) => [
    { folder, row: { task: "check" } as const },
    ...pluginsIn(app, folder).flatMap((place) => [
      { folder, row: { task: "package", path: place.path } as const },
      ...place.hosts.map((host) => ({ folder, row: { task: "deploy", path: place.path, host } as const })),
    ]),
  ]);
  return rows.slice(0, most).map(({ folder, row }) => taskOf(app, folder, row));
}

function pluginsIn(app: App, folder: WorkspaceFolder) {
  const able = app.rows.all().filter((host) => app.connect(host).upload !== undefined);
  return app.board
    .plugins()
    .filter(({ system, root }) => packableSystems().some((one) => one === system) && isIn(Uri.parse(root), folder))
    .map(({ system, root }) => ({
      path: path.relative(folder.uri.fsPath, Uri.parse(root).fsPath).split(path.sep).join("/") || ".",
      hosts: able.filter((host) => host.system === system).map(({ name }) => name),
    }));
}

function isIn(uri: Uri, folder: WorkspaceFolder): boolean {
  return workspace.getWorkspaceFolder(uri)?.uri.toString() === folder.uri.toString();
}

/** `former`: a row of tasks.json, which keeps its own definition and presentation. */
function taskOf(app: App, folder: WorkspaceFolder, row: TaskRow, former?: Task): Task {
  const definition = former?.definition ?? { type: taskType, ...row };
  const execution = new CustomExecution(async () => terminalFor(app, folder, row));
  const task = new Task(definition, former?.scope ?? folder, titleOf(row), taskType, execution, "$plugsmith");
  if (row.task === "package") task.group = TaskGroup.Build;
  return task;
}

function folderOf({ scope }: Task): WorkspaceFolder | undefined {
  if (typeof scope === "object") return scope;
  return scope === TaskScope.Workspace || scope === undefined ? workspace.workspaceFolders?.[0] : undefined;
}

function terminalFor(app: App, folder: WorkspaceFolder, row: TaskRow): Pseudoterminal {
  const written = new EventEmitter<string>();
  const closed = new EventEmitter<number>();
  const write = (text: string) => written.fire(forTerminal(text));
  let stop: () => void = () => undefined;
  const end = (code: number) => closed.fire(code);
  return {
    onDidWrite: written.event,
    onDidClose: closed.event,
    open: () => {
      const args = argumentsOf(row);
      if (args === undefined) void deployed(app, folder, row, write).then(end, () => end(1));
      else stop = commandIn(app, folder, args, write, end);
    },
    close: () => {
      stop();
      written.dispose();
      closed.dispose();
    },
  };
}

/** The terminal command of this extension, run by the program that runs the extension. */
function commandIn(
  app: App,
  folder: WorkspaceFolder,
  args: readonly string[],
  write: (text: string) => void,
  end: (code: number) => void,
): () => void {
  const cli = Uri.joinPath(app.extension, "dist", "cli.js").fsPath;
  const { PLUGSMITH_TOKEN: _token, ...rest } = process.env;
  const tools = Object.entries(app.tools().executables ?? {}).map(([tool, file]) => [
    `PLUGSMITH_${tool.toUpperCase()}`,
    file,
  ]);
  const env = { ...rest, ...Object.fromEntries(tools), ELECTRON_RUN_AS_NODE: "1", NO_COLOR: "1" };
  const child = spawn(process.execPath, [cli, ...args], { cwd: folder.uri.fsPath, env });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (text: string) => write(text));
  }
  child.on("error", (error) => {
    write(`plugsmith could not be started: ${error.message}\n`);
    end(1);
  });
  child.on("close", (code) => end(code ?? 1));
  return () => void child.kill();
}

/** The command of the editor, with its questions; what came of it is told here as well. */
async function deployed(
  app: App,
  folder: WorkspaceFolder,
  row: TaskRow,
  write: (text: string) => void,
): Promise<number> {
  const root = Uri.joinPath(folder.uri, row.path ?? ".")
    .toString()
    .replace(/\/+$/, "");
  write(`${titleOf(row)}\n`);
  const answer = await deployPlugin(app, { root, ...(row.host === undefined ? {} : { host: row.host }) });
  if (answer === undefined) write("not done; the message in the editor says why\n");
  else write(`"${answer.plugin}" on "${answer.host}": ${answer.state === "verified" ? "verified" : "not loaded"}\n`);
  return answer?.state === "verified" ? 0 : 1;
}
