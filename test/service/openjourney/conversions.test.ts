// Fixes of deprecated fields: applied, nothing deprecated is left of that field, and `kubectl kustomize` gives the same
// objects before and after. Without kubectl only the text is checked.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createDiagnose, type TextChange } from "../../../server/service/index.js";
import { readFixture } from "../../harness/fixture.js";
import { openFixture } from "../../harness/workspace.js";

const OTHERS = `>>> base/kustomization.yaml
resources:
- b.yaml
>>> base/b.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: b
spec:
  selector:
    matchLabels:
      app: b
  template:
    metadata:
      labels:
        app: b
    spec:
      containers:
      - name: b
        image: nginx
>>> a.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: a
>>> p.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: a
data:
  x: y
>>> q.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: a
data:
  z: y
>>> x.env
A=1
>>> c.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: c
  namespace: web
data:
  HOST: example.org
  PORT: "8080"
>>> w.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: w
spec:
  selector:
    matchLabels:
      app: w
  template:
    metadata:
      labels:
        app: w
    spec:
      containers:
      - name: side
        image: side
        args: ["--port", $(PORT)]
      - name: w
        image: w
        env:
        - name: OTHER
          value: a
        - name: HOST
          value: $(HOST)
`;

const VARS = `vars:
- name: HOST
  objref: { apiVersion: v1, kind: ConfigMap, name: c }
  fieldref: { fieldPath: data.HOST }
- name: PORT
  objref:
    version: v1
    kind: ConfigMap
    name: c
  fieldref:
    fieldPath: data.PORT
`;
const REPLACED = `replacements:
- source:
    version: v1
    kind: ConfigMap
    name: c
    namespace: web
    fieldPath: data.HOST
  targets:
  - select:
      group: apps
      version: v1
      kind: Deployment
      name: w
    fieldPaths:
    - spec.template.spec.containers.[name=w].env.[name=HOST].value
- source:
    version: v1
    kind: ConfigMap
    name: c
    namespace: web
    fieldPath: data.PORT
  targets:
  - select:
      group: apps
      version: v1
      kind: Deployment
      name: w
    fieldPaths:
    - spec.template.spec.containers.[name=side].args.1
`;

/** Where a conversion of vars might build something else, none is offered. */
const LEFT_ALONE: readonly (readonly [why: string, text: string])[] = [
  ["something else changes the objects", `resources: [c.yaml, w.yaml]\nnamePrefix: p-\n${VARS}`],
  ["the object has no such field", `resources: [c.yaml, w.yaml]\n${VARS.replace("data.PORT", "data.NONE")}`],
  [
    "a var is used nowhere",
    `resources: [c.yaml, w.yaml]\n${VARS}- name: C\n  objref: { version: v1, kind: ConfigMap, name: c }\n`,
  ],
  ["a use has no var", `resources: [c.yaml, w.yaml]\n${VARS.slice(0, VARS.indexOf("- name: PORT"))}`],
];

const CASES: readonly (readonly [name: string, before: string, after: string])[] = [
  ["bases alone", "bases:\n- base # the base\n", "resources:\n- base # the base\n"],
  [
    "bases beside resources",
    "bases:\n# first\n- base\nresources:\n  - a.yaml\n",
    "resources:\n  - a.yaml\n  # first\n  - base\n",
  ],
  ["bases behind resources", "resources:\n- a.yaml\nbases:\n- base", "resources:\n- a.yaml\n- base\n"],
  [
    "imageTags",
    'resources: [base]\nimageTags:\n- name: nginx\n  newTag: "1"\n',
    'resources: [base]\nimages:\n- name: nginx\n  newTag: "1"\n',
  ],
  [
    "commonLabels",
    'resources: [base]\ncommonLabels: # all\n  team: web # ours\n  a: "1"\nnamePrefix: p-\n',
    'resources: [base]\nlabels: # all\n  - includeSelectors: true\n    pairs:\n      team: web # ours\n      a: "1"\nnamePrefix: p-\n',
  ],
  [
    "patchesStrategicMerge alone",
    "resources: [a.yaml]\npatchesStrategicMerge:\n- p.yaml # one\n- q.yaml\n",
    "resources: [a.yaml]\npatches:\n- path: p.yaml # one\n- path: q.yaml\n",
  ],
  [
    "patchesStrategicMerge beside patches",
    "resources: [a.yaml]\npatches:\n  - path: p.yaml\npatchesStrategicMerge:\n- q.yaml\n",
    "resources: [a.yaml]\npatches:\n  - path: p.yaml\n  - path: q.yaml\n",
  ],
  [
    "patchesStrategicMerge with texts",
    "resources: [a.yaml]\npatchesStrategicMerge: # merged\n# one\n- p.yaml\n- |-\n  apiVersion: v1\n  kind: ConfigMap\n  metadata:\n    name: a\n\n  data:\n    b: c\n# two\n- >\n  {apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {d: e}}\nnamePrefix: x-\n",
    "resources: [a.yaml]\npatches: # merged\n# one\n- path: p.yaml\n- patch: |-\n    apiVersion: v1\n    kind: ConfigMap\n    metadata:\n      name: a\n\n    data:\n      b: c\n# two\n- patch: >\n    {apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {d: e}}\nnamePrefix: x-\n",
  ],
  [
    "patchesJson6902",
    "resources: [a.yaml]\npatchesJson6902:\n- target: {version: v1, kind: ConfigMap, name: a}\n  patch: |-\n    - op: add\n      path: /data\n      value: {a: b}\n",
    "resources: [a.yaml]\npatches:\n- target: {version: v1, kind: ConfigMap, name: a}\n  patch: |-\n    - op: add\n      path: /data\n      value: {a: b}\n",
  ],
  ["vars", `resources: [c.yaml, w.yaml]\n${VARS}`, `resources: [c.yaml, w.yaml]\n${REPLACED}`],
  [
    "env of a generator",
    "configMapGenerator:\n- name: g\n  env: x.env # all\n",
    "configMapGenerator:\n- name: g\n  envs: [x.env] # all\n",
  ],
];

describe("openjourney: conversions of deprecated fields", function () {
  this.timeout(20_000);
  const diagnose = createDiagnose();
  for (const [name, before, after] of CASES) {
    it(name, () => {
      const fixed = convert(before);
      assert.equal(fixed, after);
      assert.deepEqual(conversionsIn(fixed), []);
      const built = build(before);
      if (built !== undefined) assert.equal(build(fixed), built);
    });
  }

  for (const [why, text] of LEFT_ALONE) {
    it(`leaves vars alone where ${why}`, () =>
      assert.deepEqual(
        conversionsIn(text).flatMap(({ fixes = [] }) => fixes.map(({ title }) => title)),
        [],
      ));
  }

  function conversionsIn(text: string) {
    const { manifest } = openFixture(
      readFixture(`t\n>>> kustomization.yaml\n${text}${text.endsWith("\n") ? "" : "\n"}${OTHERS}`),
    );
    assert.ok(manifest);
    return diagnose(manifest).filter(({ code, fixes }) => code === "openjourney/deprecated" && fixes);
  }

  function convert(text: string): string {
    const [fix] = conversionsIn(text).flatMap(({ fixes }) => fixes ?? []);
    assert.ok(fix, "no conversion is offered");
    return applied(text, fix.edits);
  }
});

function applied(text: string, edits: readonly TextChange[]): string {
  return edits
    .toSorted((a, b) => b.span[0] - a.span[0] || b.span[1] - a.span[1])
    .reduce((now, { span, newText }) => now.slice(0, span[0]) + newText + now.slice(span[1]), text);
}

/** The objects that kubectl builds; undefined where there is no kubectl. */
function build(text: string): string | undefined {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "plugsmith-conversion-"));
  try {
    for (const file of readFixture(`t\n>>> kustomization.yaml\n${text}\n${OTHERS}`).files) {
      const target = path.join(folder, path.relative("/workspace", file.path));
      fs.mkdirSync(path.dirname(target), { recursive: true });
      fs.writeFileSync(target, file.text);
    }
    return execFileSync("kubectl", ["kustomize", folder], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
