// Fixes that make, move and remove files: the files after the edit, and that each of them in every fixture leaves fewer
// problems and no new one.

import assert from "node:assert/strict";
import { TextDocument } from "vscode-languageserver-textdocument";
import { type CodeAction, CreateFile, DeleteFile, RenameFile, TextDocumentEdit } from "vscode-languageserver-types";
import { URI } from "vscode-uri";
import { createLanguageService, type Manifest } from "../../../server/service/index.js";
import { type Fixture, readFixture } from "../../harness/fixture.js";
import { fixtureCases } from "../../harness/fixtures.js";
import { openFixture } from "../../harness/workspace.js";

const service = createLanguageService();
const object = (kind: string, name: string) => `kind: ${kind}\napiVersion: v1\nmetadata:\n  name: ${name}\n`;
const HEAD = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n";
const PLUGIN = `>>> plugins/web/Dockerfile\nFROM scratch\n`;
const WEB = `>>> plugins/web/kubernetes/web.yaml\n${object("Deployment", "web-deployment")}`;
const API = `>>> plugins/web/kubernetes/api.yaml\n${object("Service", "web-service")}`;
const MAPPING = ">>> plugins/web/kubernetes/resource_mapping.py\n";

/** Text of the fixture, title of the fix, and what differs afterwards: a path without text is gone. */
const CASES: readonly (readonly [
  what: string,
  fixture: string,
  title: RegExp,
  after: Readonly<Record<string, string | undefined>>,
])[] = [
  [
    "a kustomization from the files on disk, a folder with one too",
    `${API}${WEB}>>> plugins/web/kubernetes/sub/kustomization.yaml\nresources: []\n>>> plugins/web/kubernetes/values.yaml\na: 1\n${PLUGIN}`,
    /^Create kubernetes\/kustomization.yaml with 3 resources$/,
    { "plugins/web/kubernetes/kustomization.yaml": `${HEAD}resources:\n- api.yaml\n- sub\n- web.yaml\n` },
  ],
  [
    "a mapping converted in its own order, then the rest",
    `>>> plugins/web/kubernetes/a.yaml\n${object("ConfigMap", "a")}${API}${WEB}${MAPPING}RESOURCE_MAPPING = [\n    "web-deployment",  # first\n    'service',\n    "gone",\n]\n${PLUGIN}`,
    /^Convert resource_mapping.py to kustomization.yaml \(no manifest holds "gone"\)$/,
    { "plugins/web/kubernetes/kustomization.yaml": `${HEAD}resources:\n- web.yaml\n- api.yaml\n- a.yaml\n` },
  ],
  [
    "a mapping made by code, in the order of the names",
    `${API}${WEB}${MAPPING}RESOURCE_MAPPING = [name for name in ALL]\n${PLUGIN}`,
    /^Convert resource_mapping.py to kustomization.yaml$/,
    { "plugins/web/kubernetes/kustomization.yaml": `${HEAD}resources:\n- api.yaml\n- web.yaml\n` },
  ],
  [
    "an ignored mapping goes",
    `>>> plugins/web/kubernetes/kustomization.yaml\nresources:\n- web.yaml\n${WEB}${MAPPING}RESOURCE_MAPPING = []\n${PLUGIN}`,
    /^Delete resource_mapping.py$/,
    { "plugins/web/kubernetes/resource_mapping.py": undefined },
  ],
  [
    "kustomization.yml gets its name",
    `>>> plugins/web/kubernetes/kustomization.yml\nresources:\n- web.yaml\n${WEB}${PLUGIN}`,
    /^Rename "kustomization.yml" to "kustomization.yaml"$/,
    {
      "plugins/web/kubernetes/kustomization.yml": undefined,
      "plugins/web/kubernetes/kustomization.yaml": "resources:\n- web.yaml\n",
    },
  ],
  [
    "Kustomization gets its name",
    `>>> plugins/web/kubernetes/Kustomization\nresources:\n- web.yaml\n${WEB}${PLUGIN}`,
    /^Rename "Kustomization" to "kustomization.yaml"$/,
    {
      "plugins/web/kubernetes/Kustomization": undefined,
      "plugins/web/kubernetes/kustomization.yaml": "resources:\n- web.yaml\n",
    },
  ],
  [
    "a minimal Dockerfile",
    `${API}>>> plugins/other/Dockerfile\nFROM scratch\n`,
    /^Create plugins\/web\/Dockerfile$/,
    {
      "plugins/web/Dockerfile":
        "# The server builds every plugin image with the project root as context, so paths count from there.\nFROM alpine:3.22\nCOPY plugins/web/ /srv/\n",
    },
  ],
  [
    "dockerfile gets its name",
    `${API}>>> plugins/web/dockerfile\nFROM a\n>>> plugins/other/Dockerfile\nFROM scratch\n`,
    /^Rename "dockerfile" to "Dockerfile"$/,
    { "plugins/web/dockerfile": undefined, "plugins/web/Dockerfile": "FROM a\n" },
  ],
  [
    "a Dockerfile moves up",
    `${API}>>> plugins/web/kubernetes/Dockerfile\nFROM a\n>>> plugins/other/Dockerfile\nFROM scratch\n`,
    /^Move the Dockerfile out of "kubernetes"$/,
    { "plugins/web/kubernetes/Dockerfile": undefined, "plugins/web/Dockerfile": "FROM a\n" },
  ],
  [
    "one of two kustomizations stays",
    ">>> kustomization.yaml\nresources: []\n>>> kustomization.yml\nresources: []\n",
    /^Keep kustomization.yaml, delete kustomization.yml$/,
    { "kustomization.yml": undefined },
  ],
  [
    "one of two kustomizations of a base stays",
    `>>> kustomization.yaml\nresources:\n- base\n>>> base/kustomization.yaml\nresources: []\n>>> base/Kustomization\nresources: []\n`,
    /^Keep Kustomization, delete kustomization.yaml$/,
    { "base/kustomization.yaml": undefined },
  ],
  [
    "a missing resource is made, of the kind that its name speaks of",
    ">>> kustomization.yaml\nresources:\n- web-service.yaml\n",
    /^Create "web-service.yaml"$/,
    { "web-service.yaml": "apiVersion: v1\nkind: Service\nmetadata:\n  name: web-service\n" },
  ],
  [
    "a missing folder is made with a kustomization",
    ">>> kustomization.yaml\nresources:\n- sub\n",
    /^Create "sub\/kustomization.yaml"$/,
    { "sub/kustomization.yaml": `${HEAD}resources: []\n` },
  ],
  [
    "a missing patch is made for the object of its target",
    `>>> kustomization.yaml\nresources:\n- a.yaml\npatches:\n- path: p.yaml\n  target:\n    kind: Service\n>>> a.yaml\n${object("ConfigMap", "a")}---\n${object("Service", "s")}`,
    /^Create "p.yaml"$/,
    { "p.yaml": "apiVersion: v1\nkind: Service\nmetadata:\n  name: s\n" },
  ],
  [
    "a folder without a kustomization gets one",
    `>>> kustomization.yaml\nresources:\n- base\n>>> base/a.yaml\n${object("ConfigMap", "a")}`,
    /^Create base\/kustomization.yaml with "a.yaml"$/,
    { "base/kustomization.yaml": `${HEAD}resources:\n- a.yaml\n` },
  ],
  [
    "a component among resources moves to the components",
    ">>> kustomization.yaml\nresources:\n  - a # ours\n  - c # theirs\n>>> a/kustomization.yaml\nresources: []\n>>> c/kustomization.yaml\napiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n",
    /^Move to "components"$/,
    { "kustomization.yaml": "resources:\n  - a # ours\ncomponents:\n  - c # theirs\n" },
  ],
  [
    "a kustomization among components moves to the resources",
    ">>> kustomization.yaml\nresources:\n- a\ncomponents:\n  # the base\n  - b\n>>> a/kustomization.yaml\nresources: []\n>>> b/kustomization.yaml\nresources: []\n",
    /^Move to "resources"$/,
    { "kustomization.yaml": "resources:\n- a\n- b\n" },
  ],
  [
    "the only entry of its field takes the field along",
    ">>> kustomization.yaml\ncomponents:\n- b\n>>> b/kustomization.yaml\nresources: []\n",
    /^Move to "resources"$/,
    { "kustomization.yaml": "resources:\n- b\n" },
  ],
  [
    "manifests are listed where resources are empty",
    `>>> plugins/web/kubernetes/kustomization.yaml\nresources: []\n${API}${WEB}${PLUGIN}`,
    /^Add "api.yaml", "web.yaml" to resources$/,
    { "plugins/web/kubernetes/kustomization.yaml": "resources:\n- api.yaml\n- web.yaml\n" },
  ],
  [
    "manifests are listed where there are no resources",
    `>>> plugins/web/kubernetes/kustomization.yaml\nnamePrefix: a-\n${API}${PLUGIN}`,
    /^Add "api.yaml" to resources$/,
    { "plugins/web/kubernetes/kustomization.yaml": "namePrefix: a-\nresources:\n- api.yaml\n" },
  ],
  [
    "a manifest is named after its object, and so is its entry",
    `>>> plugins/web/kubernetes/kustomization.yaml\nresources:\n- "web.yaml" # main\n${WEB}${PLUGIN}`,
    /^Rename the file to "web-deployment.yaml"$/,
    {
      "plugins/web/kubernetes/kustomization.yaml": 'resources:\n- "web-deployment.yaml" # main\n',
      "plugins/web/kubernetes/web.yaml": undefined,
      "plugins/web/kubernetes/web-deployment.yaml": object("Deployment", "web-deployment"),
    },
  ],
];

describe("openjourney: fixes of files", () => {
  for (const [what, source, title, expected] of CASES) {
    it(what, () => {
      const fixture = readFixture(`t\n${source}`);
      const { manifest } = openFixture(fixture);
      assert.ok(manifest);
      const all = fixesOf(manifest);
      const fix = all.find((one) => title.test(one.title));
      assert.ok(fix, `offered: ${all.map((one) => one.title).join("; ")}`);
      const before = filesOf(fixture);
      const after = applied(before, fix);
      const wanted = new Map(before);
      for (const [path, text] of Object.entries(expected)) {
        if (text === undefined) wanted.delete(`/workspace/${path}`);
        else wanted.set(`/workspace/${path}`, text);
      }
      assert.deepEqual([...after].sort(), [...wanted].sort());
    });
  }

  it("no file fix is offered to an editor that can't do it", () => {
    const { manifest } = openFixture(readFixture(`t\n${API}>>> plugins/other/Dockerfile\nFROM scratch\n`));
    assert.ok(manifest);
    assert.deepEqual(
      fixesOf(manifest, false).filter(({ edit }) => edit?.documentChanges),
      [],
    );
  });
});

describe("openjourney: fixes of files over all fixtures", () => {
  for (const { name, fixture } of fixtureCases("openjourney")) {
    const { manifest } = openFixture(fixture);
    for (const fix of manifest ? fixesOf(manifest) : []) {
      if (!manifest || !fix.edit?.documentChanges || fix.edit.documentChanges.every(TextDocumentEdit.is)) continue;
      it(`${name}: ${fix.title}`, () => {
        const after = reopened(fixture, applied(filesOf(fixture), fix));
        const [before, now] = [codes(manifest), after ? codes(after) : []];
        const [code] = fix.diagnostics?.map((one) => String(one.code)) ?? [];
        assert.ok(count(now, code) < count(before, code), `${code} is still there`);
        const fresh = now.filter((one) => count(now, one) > count(before, one) && !REVEALED[name]?.includes(one));
        assert.deepEqual(fresh, []);
      });
    }
  }
});

/** What comes to light in a fixture once a file is read. */
const REVEALED: Readonly<Record<string, readonly string[]>> = {
  // The entry meant another file: with one of its own it no longer stands for that, and a name has no underscore.
  "openjourney/unlisted-misspelt-right": ["openjourney/unlisted", "openjourney/name-mismatch"],
};

function fixesOf(manifest: Manifest, filesAllowed = true): CodeAction[] {
  const diagnostics = service.diagnose(manifest);
  const { document } = manifest.parsed;
  const range = { start: document.positionAt(0), end: document.positionAt(document.getText().length) };
  return service.actions(manifest, { range, diagnostics, filesAllowed });
}

const codes = (manifest: Manifest): string[] => service.diagnose(manifest).map(({ code }) => String(code));
const count = (list: readonly string[], code: string | undefined): number => list.filter((one) => one === code).length;
const filesOf = ({ files }: Fixture): Map<string, string> => new Map(files.map(({ path, text }) => [path, text]));

/** The file under test again, or its neighbour that took its place. */
function reopened(fixture: Fixture, after: ReadonlyMap<string, string>): Manifest | undefined {
  const [first] = fixture.files;
  const own =
    first && after.has(first.path)
      ? first.path
      : [...after.keys()].find(
          (path) => path.startsWith(first?.path.replace(/[^/]*$/, "") ?? "") && /kustomization/i.test(path),
        );
  if (own === undefined) return undefined;
  const others = [...after].filter(([path]) => path !== own);
  const files = [[own, after.get(own) ?? ""] as const, ...others].map(([path, text]) => ({
    path,
    text,
    marks: [],
    caret: undefined,
  }));
  return openFixture({ ...fixture, files }).manifest;
}

function applied(files: ReadonlyMap<string, string>, { edit }: CodeAction): Map<string, string> {
  const after = new Map(files);
  const pathOf = (uri: string) => URI.parse(uri).fsPath;
  const change = (uri: string, edits: Parameters<typeof TextDocument.applyEdits>[1]) => {
    const path = pathOf(uri);
    after.set(path, TextDocument.applyEdits(TextDocument.create(uri, "yaml", 0, after.get(path) ?? ""), edits));
  };
  for (const [uri, edits] of Object.entries(edit?.changes ?? {})) change(uri, edits);
  for (const one of edit?.documentChanges ?? []) {
    if (CreateFile.is(one)) {
      assert.ok(!after.has(pathOf(one.uri)), "a file would be overwritten");
      after.set(pathOf(one.uri), "");
    } else if (RenameFile.is(one)) {
      assert.ok(!after.has(pathOf(one.newUri)), "a file would be overwritten");
      after.set(pathOf(one.newUri), after.get(pathOf(one.oldUri)) ?? "");
      after.delete(pathOf(one.oldUri));
    } else if (DeleteFile.is(one)) after.delete(pathOf(one.uri));
    else
      change(
        one.textDocument.uri,
        one.edits.filter((each) => "newText" in each),
      );
  }
  return after;
}
