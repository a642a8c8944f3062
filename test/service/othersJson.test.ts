// Other people's JSON files may be of any length: without the variable itself in them, their tree is never read.

import assert from "node:assert/strict";
import { valuesOfVariable } from "../../server/service/embedded/variables.js";
import { parseText } from "../../server/service/index.js";

describe("JSON of other tools", () => {
  function isTreeRead(text: string): boolean {
    let isRead = false;
    const parsed = parseText("file:///workspace/task.json", text);
    const watched = Object.create(parsed, {
      tree: {
        get() {
          isRead = true;
          return parsed.tree;
        },
      },
    }) as typeof parsed;
    valuesOfVariable(watched, "PLUGINS");
    return isRead;
  }

  it("is not read for a variable whose name only begins so", () => {
    assert.equal(isTreeRead('{ "env": { "PLUGINS_DIR": "/plugins" } }'), false);
  });

  it("is not read for the very word in a text, nor where it is longer than any manifest", () => {
    assert.equal(isTreeRead('{ "description": "PLUGINS are loaded at start" }'), false);
    const rest = JSON.stringify("x".repeat(1_600_000));
    assert.equal(isTreeRead(`{ "env": { "PLUGINS": "{}" }, "rest": ${rest} }`), false);
  });

  it("is read for the variable itself", () => {
    assert.equal(isTreeRead('{ "containerDefinitions": ["PLUGINS={}"] }'), true);
    assert.equal(isTreeRead('{ "env": { "PLUGINS": "{}" } }'), true);
  });
});
