// Whose file is it: kustomizations by name, plugin manifests by place and content, everything else left alone.

import assert from "node:assert/strict";
import { DEFAULT_SETTINGS, NO_WORKSPACE, parseText, recognise, type Workspace } from "../../../server/service/index.js";
import { memoryFiles } from "../../harness/memoryFiles.js";

const DEPLOYMENT = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n";
const FLUX = "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nspec: {}\n";

const workspace: Workspace = {
  ...NO_WORKSPACE,
  files: memoryFiles(
    new Map([
      ["/w/plugins/web/Dockerfile", "FROM scratch"],
      ["/w/plugins/web/kubernetes/web.yaml", DEPLOYMENT],
      ["/other/plugins/web/kubernetes/web.yaml", DEPLOYMENT],
    ]),
  ),
};

const CASES: readonly (readonly [path: string, text: string, document: string | undefined, reason: RegExp])[] = [
  ["/w/kustomization.yaml", "resources: []", "kustomization", /kustomize reads a file of this name/],
  ["/w/kustomization.yml", "", "kustomization", /kustomize reads/],
  ["/w/Kustomization", "res", "kustomization", /kustomize reads/],
  ["/w/Kustomization.yaml", "resources: []", undefined, /no plugin manifest/],
  ["/w/kustomize.yaml", "resources: []", undefined, /no plugin manifest/],
  ["/w/kustomization.yaml", FLUX, undefined, /Flux/],
  ["/w/kustomization.yaml", FLUX.replace("spec: {}", "resources: [a.yaml]"), "kustomization", /kustomize reads/],
  ["/w/plugins/web/kubernetes/web.yaml", DEPLOYMENT, "object", /OpenJourney plugin/],
  ["/w/plugins/web/kubernetes/values.yaml", "replicas: 1", undefined, /no Kubernetes object/],
  ["/other/plugins/web/kubernetes/web.yaml", DEPLOYMENT, undefined, /Dockerfile/],
  ["/w/plugins/web/web.yaml", DEPLOYMENT, undefined, /no plugin manifest/],
  ["/w/kubernetes/web.yaml", DEPLOYMENT, undefined, /no plugin manifest/],
];

describe("openjourney: recognition", () => {
  for (const [path, text, document, reason] of CASES) {
    it(`${path}: ${document ?? "not ours"} (${text.split("\n")[0]})`, () => {
      const found = recognise(parseText(`file://${path}`, text), workspace, DEFAULT_SETTINGS);
      assert.equal(found.manifest?.kind.id, document);
      assert.match(found.reason, reason);
    });
  }

  it("describes the plugin around a kustomization", () => {
    const text = "resources:\n- web.yaml\n";
    const { manifest } = recognise(
      parseText("file:///w/plugins/web/kubernetes/kustomization.yaml", text),
      workspace,
      DEFAULT_SETTINGS,
    );
    assert.ok(manifest);
    assert.deepEqual(manifest.system.describe?.(manifest), {
      system: "openjourney",
      name: "web",
      root: "/w/plugins/web",
      manifest: "/w/plugins/web/kubernetes/kustomization.yaml",
      detail: "1 resource",
    });
  });
});
