// The tasks as VS Code finds and runs them: the terminal command of the extension itself, whose lines become problems.
import assert from "node:assert/strict";
import { languages, type Task, tasks, workspace } from "vscode";
import { inFolder, write } from "../documents";
import { until } from "../waiting";

describe("tasks", () => {
  after(() => workspace.fs.delete(inFolder("broken"), { recursive: true }));

  it("are offered for the workspace and each plugin, and end with what they found", async () => {
    const named = async (name: RegExp) =>
      (await tasks.fetchTasks({ type: "plugsmith" })).find((task) => name.test(task.name));
    const check = await named(/^check$/);
    assert.ok(check !== undefined);
    assert.ok((await named(/^package .*plugin-notes$/)) !== undefined);
    await write(
      "broken/manifest.yaml",
      'name: "@example/broken"\nversion: "1.0.0"\ndependencies: notes\npluginEntry: gone.js\n',
    );
    assert.equal(await ended(check), 1);
    const uri = inFolder("broken/manifest.yaml");
    const found = await until("the matcher's problems", () => {
      const own = languages.getDiagnostics(uri).filter(({ source }) => source === "plugsmith");
      return own.length > 0 && own;
    });
    assert.ok(
      found.some(({ code }) => code === "buntime/dependencies-not-a-list"),
      JSON.stringify(found),
    );
  });
});

function ended(task: Task): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const listening = tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
      if (execution.task.name !== task.name) return;
      listening.dispose();
      resolve(exitCode);
    });
    tasks.executeTask(task).then(undefined, reject);
  });
}
