// Tasks as data: what tasks.json may say, and what is run for it.

import assert from "node:assert/strict";
import fs from "node:fs";
import { argumentsOf, forTerminal, rowOf, taskNames, taskType, titleOf } from "../../client/tasks/definition.js";

const { contributes } = JSON.parse(fs.readFileSync("package.json", "utf8"));

describe("tasks", () => {
  it("are defined in package.json as they are read", () => {
    const [definition] = contributes.taskDefinitions;
    assert.deepEqual(
      [definition.type, definition.properties.task.enum, definition.required],
      [taskType, [...taskNames], ["task"]],
    );
    assert.deepEqual(rowOf({ type: "plugsmith", task: "deploy", path: "a", host: "b" }), {
      task: "deploy",
      path: "a",
      host: "b",
    });
    assert.deepEqual(rowOf({ type: "plugsmith", task: "check", path: "", host: 3 }), { task: "check" });
    assert.equal(rowOf({ type: "plugsmith", task: "wipe" }), undefined);
    assert.equal(rowOf({ type: "npm", task: "check" }), undefined);
  });

  it("are called by what they do, and run the terminal command but for a deployment", () => {
    assert.equal(titleOf({ task: "deploy", path: "a", host: "b" }), "deploy a to b");
    assert.equal(titleOf({ task: "check" }), "check");
    assert.deepEqual(argumentsOf({ task: "check" }), ["check", "."]);
    assert.deepEqual(argumentsOf({ task: "package", path: "a b" }), ["package", "a b"]);
    assert.equal(argumentsOf({ task: "deploy" }), undefined);
    assert.equal(forTerminal("a\nb\r\n"), "a\r\nb\r\n");
  });
});
