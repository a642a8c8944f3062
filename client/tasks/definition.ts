// The tasks of type "plugsmith" as data: what a row of tasks.json may say, how it is called, and what is run for it. Free of `vscode`.

export const taskType = "plugsmith";
export const taskNames = ["check", "package", "deploy"] as const;
export type TaskName = (typeof taskNames)[number];

export interface TaskRow {
  readonly task: TaskName;
  /** Relative to the workspace's folder; that folder itself unless told. */
  readonly path?: string;
  /** For deploy: a row of plugsmith.hosts. */
  readonly host?: string;
}

/** A row as it stands in tasks.json; undefined when it is none of ours. */
export function rowOf(definition: Readonly<Record<string, unknown>>): TaskRow | undefined {
  const task = taskNames.find((name) => name === definition.task);
  if (definition.type !== taskType || task === undefined) return undefined;
  const text = (key: string) =>
    typeof definition[key] === "string" && definition[key] !== "" ? definition[key] : undefined;
  const [path, host] = [text("path"), text("host")];
  return { task, ...(path === undefined ? {} : { path }), ...(host === undefined ? {} : { host }) };
}

/** `check`, `package plugins/notes`, `deploy plugins/notes to staging`. */
export function titleOf({ task, path, host }: TaskRow): string {
  return [task, path, host === undefined ? undefined : `to ${host}`].filter(Boolean).join(" ");
}

/** Arguments of the terminal command; a deployment is the editor's own, which has the hosts, the keys and the questions. */
export function argumentsOf({ task, path = "." }: TaskRow): readonly string[] | undefined {
  return task === "deploy" ? undefined : [task, path];
}

/** What terminals want at the end of lines. */
export function forTerminal(text: string): string {
  return text.replace(/\r?\n/g, "\r\n");
}
