// Patch files: what is said and offered in each of their documents, and in JSON.

import assert from "node:assert/strict";
import { createLanguageService, DEFAULT_SETTINGS, parseText, usedDocument } from "../../../server/service/index.js";
import { readFixture } from "../../harness/fixture.js";
import { openFixture } from "../../harness/workspace.js";

const service = createLanguageService();

const MANY = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 5
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  LEVEL: debug
`;
const OPERATIONS = `[
  {"op": "replace", "path": "/spec/replicas", "value": 5}
]
`;
const { workspace } = openFixture(
  readFixture(`x
>>> kustomization.yaml
resources: [web.yaml]
patches:
- path: many.yaml
- target: {kind: Deployment}
  path: operations.json
>>> many.yaml
${MANY}>>> operations.json
${OPERATIONS}>>> web.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 3
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  LEVEL: info
  COLOR: blue
`),
);

function at(name: string, text: string, word: string) {
  const parsed = parseText(`file:///workspace/${name}`, text);
  const position = parsed.document.positionAt(text.indexOf(word) + 1);
  const manifest = usedDocument(parsed, workspace, DEFAULT_SETTINGS, position);
  assert.ok(manifest, word);
  return { manifest, position };
}

function hover(name: string, text: string, word: string): string {
  const { manifest, position } = at(name, text, word);
  const contents = service.hover(manifest, position)?.contents;
  return contents && typeof contents === "object" && "value" in contents ? contents.value : "";
}

describe("a patch file", () => {
  it("tells what its fields are now, in each document", () => {
    assert.match(hover("many.yaml", MANY, "replicas"), /Now "3" in Deployment "web"/);
    assert.match(hover("many.yaml", MANY, "LEVEL"), /Now "info" in ConfigMap "settings"/);
  });

  it("tells which object it patches", () => {
    assert.match(hover("many.yaml", MANY, "Deployment"), /Patches:\n\n- Deployment "web"$/);
    assert.match(hover("many.yaml", MANY, "settings"), /Patches:\n\n- ConfigMap "settings"$/);
  });

  it("completes the fields of the object that its own document is of", () => {
    const { manifest, position } = at("many.yaml", MANY, "LEVEL");
    const labels = service.complete(manifest, position).items.map(({ label }) => label);
    assert.ok(labels.includes("COLOR"), labels.join());
    assert.ok(!labels.includes("replicas"), labels.join());
  });

  it("of operations tells what stands at a path, in JSON too", () => {
    assert.match(hover("operations.json", OPERATIONS, "/spec"), /The place is now:\n\n- `3` in Deployment "web"/);
    assert.match(hover("operations.json", OPERATIONS, "replace"), /Writes another value/);
  });
});
