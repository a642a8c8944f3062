// What the preview says of an OpenJourney plugin: its image, and the names that it is taken down by.

import assert from "node:assert/strict";
import { readFixture } from "../../harness/fixture.js";
import { openFixture } from "../../harness/workspace.js";

const OBJECT = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n";

function rowsOf(files: Readonly<Record<string, string>>): readonly (readonly string[])[] {
  const text = Object.entries(files).map(([name, content]) => `>>> ${name}\n${content}`);
  const fixture = readFixture(["title", ...text].join("\n"));
  const { manifest } = openFixture(fixture);
  return manifest?.system.preview?.(manifest)?.sections.map(({ rows }) => rows.map(({ label }) => label)) ?? [];
}

describe("the preview of an OpenJourney plugin", () => {
  const at = "plugins/conv/kubernetes/kustomization.yaml";
  const docker = { "plugins/conv/Dockerfile": "FROM scratch\n" };
  it("names the image, and the objects by the entries of resources", () => {
    const rows = rowsOf({
      [at]: "resources:\n- web.yaml\n- sub/x.y.yml\n- ../base\n",
      ...docker,
      "plugins/conv/kubernetes/web.yaml": OBJECT,
    });
    assert.deepEqual(rows, [["localhost:32000/conv"], ["web", "sub/x.y", "../base"]]);
  });
  it("falls back to the defaults", () => {
    assert.deepEqual(rowsOf({ [at]: "namePrefix: a-\n", ...docker })[1], ["conv-deployment", "conv-service"]);
  });
  it("reads the old mapping where there is no kustomization.yaml of that name", () => {
    const rows = rowsOf({
      "plugins/conv/kubernetes/kustomization.yml": "resources: [web.yaml]\n",
      ...docker,
      "plugins/conv/kubernetes/resource_mapping.py": 'RESOURCE_MAPPING = ["a", "b"]\n',
    });
    assert.deepEqual(rows[1], ["a", "b"]);
  });
  it("says nothing of other kustomizations", () => {
    assert.deepEqual(rowsOf({ "deploy/kustomization.yaml": "resources: [web.yaml]\n" }), []);
  });
});
