// Where the names of a kustomization lead, who else has them, and what hovers tell of the objects behind them. The caret is
// a bar in front of the text that is asked about.

import assert from "node:assert/strict";
import { MarkupContent } from "vscode-languageserver-types";
import { URI } from "vscode-uri";
import { createLanguageService, type Manifest } from "../../../server/service/index.js";
import { readFixture } from "../../harness/fixture.js";
import { openFixture } from "../../harness/workspace.js";

const service = createLanguageService();

const OTHERS = `>>> web.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
      - image: nginx:1.25
---
apiVersion: v1
kind: Service
metadata:
  name: "web"
>>> base/kustomization.yaml
configMapGenerator:
- name: shared
  literals: [a=b]
>>> p.yaml
- op: remove
  path: /spec
>>> key.txt
secret
`;
const R = "resources:\n- web.yaml\n- base\n";

/** Text with a bar; file, line and text where it leads. */
const DEFINITIONS: readonly (readonly [text: string, path: string, line: number])[] = [
  ["resources:\n- |web.yaml\n", "web.yaml", 0],
  ["resources:\n- './|web.yaml'\n", "web.yaml", 0],
  ["resources:\n- |base\n", "base/kustomization.yaml", 0],
  ["secretGenerator:\n- name: s\n  files: [a=|key.txt]\n", "key.txt", 0],
  [`${R}patches:\n- path: |p.yaml\n  target:\n    kind: Service\n`, "p.yaml", 0],
  [`${R}patches:\n- path: p.yaml\n  target:\n    kind: Service\n    name: |web\n`, "web.yaml", 13],
  [`${R}patches:\n- path: p.yaml\n  target:\n    kind: |Depl.*\n`, "web.yaml", 3],
  [
    `${R}patches:\n- patch: |-\n    apiVersion: v1\n    kind: Service\n    metadata:\n      name: |web\n`.replace(
      "|-",
      "¦-",
    ),
    "web.yaml",
    13,
  ],
  [`${R}replacements:\n- source:\n    kind: Service\n    name: |web\n  targets: []\n`, "web.yaml", 13],
  [
    `${R}replacements:\n- source: {kind: ConfigMap}\n  targets:\n  - select:\n      kind: Deployment\n      name: '|web'\n`,
    "web.yaml",
    3,
  ],
  [`${R}replicas:\n- name: |web\n  count: 2\n`, "web.yaml", 3],
  [`${R}configMapGenerator:\n- name: |shared\n  behavior: merge\n`, "base/kustomization.yaml", 1],
  [`${R}configMapGenerator:\n- name: |own\n`, "kustomization.yaml", 4],
  [`${R}images:\n- name: |nginx\n  newTag: a\n`, "web.yaml", 8],
];

const HOVERS: readonly (readonly [text: string, said: RegExp])[] = [
  [
    `${R}patches:\n- path: p.yaml\n  target:\n    name: |w.*\n`,
    /Selects now 2 objects:\n\n- Deployment "web"\n- Service "web"/,
  ],
  [`${R}patches:\n- path: p.yaml\n  target:\n    name: |api\n`, /Selects none/],
  [`${R}replacements:\n- source:\n    kind: |Service\n  targets: []\n`, /Selects now 1 object:\n\n- Service "web"/],
  [`${R}images:\n- name: |ng.*\n`, /Matches now:\n\n- `nginx:1.25` in Deployment "web"/],
  [`${R}images:\n- name: |redis\n`, /Matches no container/],
  [`${R}replicas:\n- name: |web\n`, /Sets the replicas of:\n\n- Deployment "web"/],
  [`${R}configMapGenerator:\n- name: |shared\n  behavior: merge\n`, /Adds to ConfigMap "shared"/],
  [
    `${R}replacements:\n- source:\n    kind: Service\n    fieldPath: |metadata.name\n  targets: []\n`,
    /The field is now:\n\n- `web` in Service "web"/,
  ],
  ["resources:\n- |web.yaml\n", /File of \d+ bytes[\s\S]*- Deployment "web"\n- Service "web"/],
  ["namespace: |a\nresources:\n- web.yaml\n", /Applies to 2 objects/],
];

describe("openjourney: definitions", () => {
  for (const [text, path, line] of DEFINITIONS) {
    it(text.slice(text.indexOf("|") - 12).replace(/\n/g, "⏎"), () => {
      const [manifest, offset] = opened(text);
      const [found] = service.definition(manifest, manifest.parsed.document.positionAt(offset));
      assert.ok(found, "leads nowhere");
      assert.deepEqual([URI.parse(found.uri).fsPath, found.range.start.line], [`/workspace/${path}`, line]);
    });
  }
});

describe("openjourney: hovers about objects", () => {
  for (const [text, said] of HOVERS) {
    it(said.source, () => {
      const [manifest, offset] = opened(text);
      const hover = service.hover(manifest, manifest.parsed.document.positionAt(offset));
      assert.ok(hover && MarkupContent.is(hover.contents));
      assert.match(hover.contents.value, said);
    });
  }
});

describe("openjourney: references", () => {
  it("of an object, in its plugin's manifest and in every kustomization", () => {
    const fixture = readFixture(`t
>>> plugins/web/kubernetes/web.yaml
kind: Deployment
apiVersion: apps/v1
metadata:
  name: web
>>> plugins/web/kubernetes/kustomization.yaml
resources:
- web.yaml
replicas:
- name: web
  count: 2
>>> overlay/kustomization.yaml
resources:
- ../plugins/web/kubernetes
patches:
- target: {kind: Deployment, name: web}
  patch: |-
    - op: remove
      path: /spec
>>> plugins/web/Dockerfile
FROM scratch
`);
    const { manifest } = openFixture(fixture);
    assert.ok(manifest);
    const found = service.references(manifest, { line: 3, character: 8 }, true);
    assert.deepEqual(found.map(({ uri, range }) => `${URI.parse(uri).fsPath}:${range.start.line}`).sort(), [
      "/workspace/overlay/kustomization.yaml:3",
      "/workspace/plugins/web/kubernetes/kustomization.yaml:3",
      "/workspace/plugins/web/kubernetes/web.yaml:3",
    ]);
  });

  it("highlights every place of one object", () => {
    const [manifest, offset] = opened(
      `${R}replicas:\n- name: |web\n  count: 1\npatches:\n- path: p.yaml\n  target:\n    kind: Deployment\n    name: web\n`,
    );
    const found = service.highlights(manifest, manifest.parsed.document.positionAt(offset));
    assert.deepEqual(
      found.map(({ range }) => range.start.line),
      [10, 4],
    );
  });
});

function opened(text: string): [Manifest, number] {
  const offset = text.indexOf("|");
  const plain = (text.slice(0, offset) + text.slice(offset + 1)).replace("¦", "|");
  const { manifest } = openFixture(readFixture(`t\n>>> kustomization.yaml\n${plain}${OTHERS}`));
  assert.ok(manifest);
  return [manifest, offset];
}
