// A Kubernetes object renamed from any place that names it, judged by the genuine kubectl: what every kustomization builds afterwards
// differs by that name alone. The rename back gives the same bytes.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createLanguageService } from "../../../server/service/index.js";
import { type Fixture, readFixture } from "../../harness/fixture.js";
import { renamed, withLineEnds } from "../../harness/renaming.js";
import { kubectlVersion } from "./kubectl.js";

const service = createLanguageService();

const BASE = `>>> base/kustomization.yaml
namePrefix: app-
nameSuffix: -x
resources: [all.yaml, rbac.json, "hpa.yaml"]
configMapGenerator:
- name: conf
  literals: [a=1]
`;
const ALL = `>>> base/all.yaml
apiVersion: v1
kind: List
items:
- apiVersion: apps/v1
  kind: StatefulSet
  metadata: {name: db}
  spec:
    serviceName: db # the service
    selector: {matchLabels: {app: db}}
    template:
      metadata: {labels: {app: db}}
      spec:
        serviceAccountName: "db"
        containers:
        - name: db
          image: db
          env:
          - {name: A, valueFrom: {configMapKeyRef: {name: 'conf', key: a}}}
          - {name: db, value: conf}
        volumes:
        - {name: conf, projected: {sources: [configMap: {name: conf}]}}
- apiVersion: v1
  kind: Service
  metadata:
    name: 'db'
    labels: {app: db}
  spec: {selector: {app: db}}
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: db
`;
const HPA = `>>> base/hpa.yaml
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: db}
spec: {maxReplicas: 2, scaleTargetRef: {apiVersion: apps/v1, kind: StatefulSet, name: db}}
`;
const RBAC = `>>> base/rbac.json
{ "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding", "metadata": { "name": "db" },
  "roleRef": { "apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "db" },
  "subjects": [ { "kind": "ServiceAccount", "name": "db" } ] }
`;
const LIVE = `>>> live/kustomization.yaml
resources: [../base]
components: [../more]
namePrefix: live-
replicas: [{name: app-db-x, count: 2}]
patches:
- path: p.yaml
- target: {kind: Service, name: db}
  patch: '[{"op": "add", "path": "/metadata/labels/x", "value": "y"}]'
- patch: |-
    apiVersion: v1
    kind: Service
    metadata:
      name: "app-db-x"
    spec: {type: NodePort}
configMapGenerator: [{name: conf, behavior: merge, literals: [b=2]}]
`;
const PATCH = `>>> live/p.yaml
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec: {template: {spec: {containers: [{name: db, envFrom: [{configMapRef: {name: conf}}]}]}}}
`;
const MORE = `>>> more/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
replacements:
- source: {kind: Service, name: app-db-x, fieldPath: metadata.labels.app}
  targets: [{select: {kind: StatefulSet, name: db}, fieldPaths: [metadata.labels.of], options: {create: true}}]
`;
const FILES = [BASE, ALL, HPA, RBAC, LIVE, PATCH, MORE];

/** The file that is asked from, the text there, the lines that kubectl writes otherwise in `base` and in `live`. */
const CASES: readonly (readonly [from: string, at: string, kind: string, base: number, live: number])[] = [
  [ALL, "db}\n  spec", "StatefulSet", 2, 2],
  [PATCH, "db}\nspec", "StatefulSet", 2, 2],
  [HPA, "db}}", "StatefulSet", 2, 2],
  [MORE, "db}, fieldPaths", "StatefulSet", 2, 2],
  [ALL, "db'", "Service", 2, 2],
  [ALL, "db # the service", "Service", 2, 2],
  [LIVE, "db}\n  patch", "Service", 2, 2],
  [ALL, 'db"', "ServiceAccount", 3, 3],
  [RBAC, 'db" } ]', "ServiceAccount", 3, 3],
  [BASE, "conf\n", "ConfigMap", 3, 4],
  [PATCH, "conf}}", "ConfigMap", 3, 4],
];

describe("an object renamed", function () {
  this.timeout(60_000);
  before(function () {
    if (!kubectlVersion()) this.skip();
  });
  for (const [from, at, kind, base, live] of CASES) {
    for (const eol of ["\n", "\r\n"]) {
      const file = from.slice(4, from.indexOf("\n"));
      it(`${kind} db in ${file}, asked at ${JSON.stringify(at)}${eol === "\n" ? "" : " (CRLF)"}`, () => {
        const ordered = [from, ...FILES.filter((one) => one !== from)];
        const before = withLineEnds(readFixture(`x\n${ordered.join("")}`), eol);
        const asked = at.replace(/\n/g, eol);
        const old = /^[a-z]+/.exec(at)?.[0] ?? "";
        const after = renamed(service, before, asked, "store");
        for (const [folder, lines] of Object.entries({ base, live })) {
          const [then, now] = [built(before, folder), built(after, folder)];
          const changed = then.flatMap((line, i) => (line === now[i] ? [] : [[line, now[i]]]));
          assert.equal(changed.length, lines, JSON.stringify(changed));
          for (const [line, other] of changed) assert.equal(other, line?.replace(`-${old}-`, "-store-"));
        }
        assert.deepEqual(renamed(service, after, asked.replace(old, "store"), old), before);
      });
    }
  }
});

/** What kubectl makes of a folder; asked once for the same files. */
function built({ files }: Fixture, folder: string): readonly string[] {
  const key = JSON.stringify([folder, [...files].sort((one, other) => (one.path < other.path ? -1 : 1))]);
  const lines = BUILT.get(key) ?? linesOf(files, folder);
  BUILT.set(key, lines);
  return lines;
}

const BUILT = new Map<string, readonly string[]>();

/** The hashes of generated names left out. */
function linesOf(files: Fixture["files"], folder: string): readonly string[] {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "plugsmith-rename-"));
  try {
    for (const file of files) {
      const at = path.join(root, path.posix.relative("/workspace", file.path));
      fs.mkdirSync(path.dirname(at), { recursive: true });
      fs.writeFileSync(at, file.text);
    }
    const text = execFileSync("kubectl", ["kustomize", path.join(root, folder)], { encoding: "utf8", timeout: 20_000 });
    // In the order of kinds and names: by lines of one object after the other, whatever they are called.
    const objects = text.replace(/-x-[0-9a-z]{10}\b/g, "-x").split(/^---$/m);
    return objects
      .map((one) => one.trim())
      .sort((one, other) => (kindIn(one) < kindIn(other) ? -1 : 1))
      .join("\n")
      .split("\n");
  } finally {
    fs.rmSync(root, { recursive: true, force: true });
  }
}

const kindIn = (object: string): string => /^kind: (.*)$/m.exec(object)?.[1] ?? "";
