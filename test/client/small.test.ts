// The small pure parts: settings as they are read, which files are looked at, keys by origin, sentences, events.
import assert from "node:assert/strict";
import type { SecretStorage } from "vscode";
import { associationsOf } from "../../client/associations.js";
import { documentChoices, furtherGlobs, manifestGlobs, oneGlob, selectorOf } from "../../client/documents.js";
import { documentTitle } from "../../client/documentTitle.js";
import { createEmitter } from "../../client/emitter.js";
import { createSecrets, originOf } from "../../client/secrets.js";
import { sentence } from "../../client/sentence.js";
import { excludesOf, forServer, SETTINGS, serverSettings } from "../../client/settings.js";

describe("settings", () => {
  it("of any shape are read as what they can mean", () => {
    assert.deepEqual(associationsOf({ "a.yaml": "buntime/manifest", "b.yaml": 3, "c.yaml": null }), {
      "a.yaml": "buntime/manifest",
    });
    for (const odd of [undefined, null, 3, "text"]) assert.deepEqual(associationsOf(odd), {});
    assert.deepEqual(excludesOf(["a", 3, "b"]), ["a", "b"]);
    for (const odd of [undefined, null, "a", {}]) assert.deepEqual(excludesOf(odd), []);
  });

  it("that are odd go to the server as their defaults", () => {
    const usual = forServer((key) => SETTINGS.find((one) => one.key === key)?.default);
    assert.deepEqual(
      forServer(() => undefined),
      usual,
    );
    assert.deepEqual(
      forServer(() => 3),
      usual,
    );
    assert.equal(forServer((key) => (key === "check" ? "workspace" : undefined)).check, "workspace");
  });

  it("for the server hold nothing of hosts and programs", () => {
    assert.deepEqual(
      serverSettings.filter((key) => /^hosts/.test(key)),
      [],
    );
  });
});

describe("the files that are looked at", () => {
  const globs = ["**/plugins.yaml", "**/manifest.yaml"];

  it("have the names of the activation events", () => {
    const activationEvents = ["workspaceContains:**/plugins.yaml", "onLanguage:yaml"];
    assert.deepEqual(manifestGlobs({ activationEvents }), ["**/plugins.yaml"]);
    assert.deepEqual(manifestGlobs({}), []);
  });

  it("are further ones by association, unless they are covered or turned off", () => {
    const associations = {
      "deploy/app.yaml": "buntime/manifest",
      "x/plugins.yaml": "skypilot/plugins",
      "off.yaml": "off",
      "/abs/one.json": "metaflow/manifest",
      "**/b.yaml": "buntime/manifest",
    };
    assert.deepEqual(furtherGlobs(associations, globs), ["**/b.yaml", "**/deploy/app.yaml", "/abs/one.json"]);
  });

  it("are on disk, unsaved, or in a virtual workspace, by each glob", () => {
    const filters = selectorOf(globs);
    assert.deepEqual([...new Set(filters.map(({ scheme }) => scheme))], ["file", "untitled", "vscode-vfs"]);
    assert.equal(filters.length, 6);
    assert.equal(oneGlob(globs), "{**/plugins.yaml,**/manifest.yaml}");
  });

  it("can be named as every document but off", () => {
    const enumerated = { enum: ["buntime/manifest", "odd/one", "off"], enumDescriptions: ["Buntime manifest"] };
    const properties = { "plugsmith.associations": { additionalProperties: enumerated } };
    assert.deepEqual(documentChoices({ contributes: { configuration: { properties } } }), [
      { document: "buntime/manifest", title: "Buntime manifest" },
      { document: "odd/one", title: "odd/one" },
    ]);
  });
});

describe("the title of a document", () => {
  const titles: readonly (readonly [string, string, string])[] = [
    ["buntime/manifest", "Buntime plugin manifest", "Buntime: plugin manifest"],
    ["metaflow/manifest", "Metaflow UI manifest.json", "Metaflow UI: manifest.json"],
    ["openjourney/kustomization", "kustomization file", "OpenJourney: kustomization file"],
    ["openjourney/kustomization", "OpenJourney: kustomization file", "OpenJourney: kustomization file"],
    ["openjourney/object", "Kubernetes object of an OpenJourney plugin", "OpenJourney: Kubernetes object of a plugin"],
    ["other/thing", "thing of another system", "Thing of another system"],
  ];
  for (const [document, title, shown] of titles) {
    it(`"${title}" begins with its system in lists`, () => assert.equal(documentTitle({ document, title }), shown));
  }
});

describe("keys of hosts", () => {
  const storage = () => {
    const kept = new Map<string, string>();
    const changed = createEmitter<{ readonly key: string }>();
    const fake: SecretStorage = {
      get: async (key) => kept.get(key),
      store: async (key, value) => {
        kept.set(key, value);
        changed.fire({ key });
      },
      delete: async (key) => {
        kept.delete(key);
        changed.fire({ key });
      },
      onDidChange: changed.event,
    };
    return { kept, fake };
  };

  it("belong to an origin, not to a row", async () => {
    const { fake, kept } = storage();
    const secrets = createSecrets(fake);
    await secrets.keep("https://a.example.org/site", "k");
    assert.deepEqual([...kept.keys()], ["plugsmith.token:https://a.example.org"]);
    assert.equal(await secrets.token("https://a.example.org/other"), "k");
    for (const elsewhere of ["http://a.example.org", "https://a.example.org:8443", "no address", undefined])
      assert.equal(await secrets.token(elsewhere), undefined);
  });

  it("are gone after sign-out, and every window hears of it", async () => {
    const { fake, kept } = storage();
    const secrets = createSecrets(fake);
    const heard: string[] = [];
    secrets.onDidChange((origin) => heard.push(origin));
    await secrets.keep("https://a.example.org", "k");
    await secrets.forget("https://a.example.org/");
    await fake.store("another.extension", "x");
    assert.deepEqual(heard, ["https://a.example.org", "https://a.example.org"]);
    assert.deepEqual([...kept.keys()], ["another.extension"]);
    assert.equal(originOf("https://a.example.org:443/x"), "https://a.example.org");
  });
});

describe("a sentence", () => {
  it("begins with a capital and ends with a stop, names stay as they are", () => {
    assert.equal(sentence("nothing listens there"), "Nothing listens there.");
    assert.equal(sentence("pluginEntry is missing"), "pluginEntry is missing.");
    assert.equal(sentence('"notes" is gone!'), '"notes" is gone!');
  });
});

describe("an event", () => {
  it("reaches each listener until it leaves", () => {
    const emitter = createEmitter<number>();
    const heard: string[] = [];
    const first = emitter.event((value) => heard.push(`a${value}`));
    emitter.event((value) => heard.push(`b${value}`));
    emitter.fire(1);
    first.dispose();
    emitter.fire(2);
    emitter.dispose();
    emitter.fire(3);
    assert.deepEqual(heard, ["a1", "b1", "b2"]);
  });
});
