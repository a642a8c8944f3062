// What connected hosts have loaded is a further source for Buntime's rules: bases and names of dependencies.

import assert from "node:assert/strict";
import {
  createDiagnose,
  createLanguageService,
  DEFAULT_SETTINGS,
  type HostPlugin,
  type Manifest,
  NO_WORKSPACE,
  parseText,
  recognise,
  SYSTEMS,
  type Workspace,
} from "../../../server/service/index.js";

const diagnose = createDiagnose();
const service = createLanguageService();

describe("buntime: hosts", () => {
  it("a base that another plugin of a host has", () => {
    assert.deepEqual(problems("name: notes\nbase: /notes\npluginEntry: a.js", [loaded("archive", "/notes")]), [
      'warning buntime/base-taken on "staging" the plugin "archive" has the base "/notes"; choose another one before an upload there',
    ]);
  });
  it("the plugin itself may have its base", () => {
    assert.deepEqual(problems("name: notes\nbase: /notes\npluginEntry: a.js", [loaded("notes", "/notes")]), []);
  });
  it("a required plugin that neither a host nor the workspace has is a hint", () => {
    assert.deepEqual(problems("name: notes\npluginEntry: a.js\ndependencies: [queue]", [loaded("archive")]), [
      'hint buntime/dependency-unknown neither this workspace nor "staging" has "queue"; a host without it leaves this plugin out',
    ]);
  });
  it("a near miss of a name on a host", () => {
    assert.deepEqual(problems("name: notes\npluginEntry: a.js\noptionalDependencies: [archvie]", [loaded("archive")]), [
      'hint buntime/dependency-unknown no known plugin is named "archvie"; did you mean "archive"?',
    ]);
  });
  it("a removed plugin that a host still has", () => {
    const text = 'name: notes\npluginEntry: a.js\ndependencies: ["@buntime/plugin-database"]';
    assert.deepEqual(problems(text, [loaded("@buntime/plugin-database")]), []);
  });
  it("nothing is said without a host", () => {
    assert.deepEqual(problems("name: notes\nbase: /notes\npluginEntry: a.js\ndependencies: [queue]", []), []);
  });
});

describe("buntime: completion from hosts", () => {
  it("plugins of a host can be depended on, less those that are listed", () => {
    const text = "name: notes\npluginEntry: a.js\ndependencies: [archive, ]";
    assert.deepEqual(offered(text, text.length - 1, [loaded("archive"), loaded("queue"), loaded("notes")]), ["queue"]);
  });
  it("a base that another plugin of a host has is not offered, the plugin's own there is", () => {
    const text = "name: notes\npluginEntry: a.js\nbase: ";
    assert.deepEqual(offered(text, text.length, [loaded("archive", "/notes"), loaded("notes", "/jot")]), [
      "/jot",
      "/own",
    ]);
  });
  it("icons that the menus of a host's plugins have, also the one that is written", () => {
    const text = "name: notes\npluginEntry: a.js\nmenus:\n- { title: Notes, path: /notes, icon: lucide:ho }";
    const archive = { ...loaded("archive"), icons: ["lucide:home", "no icon"] };
    const at = text.length - " }".length;
    assert.ok(offered(text, at, [archive]).includes("lucide:home"));
    assert.ok(!offered(text, at, [archive]).includes("no icon"));
    assert.ok(!offered(text, at, [loaded("archive")]).includes("lucide:home"));
  });
});

describe("buntime: size", () => {
  it("ten thousand dependencies, menus and plugins are looked at in a moment", function () {
    this.timeout(20_000);
    const many = Array.from({ length: 10_000 }, (_, i) => `p${i}`);
    const text = `name: p0\npluginEntry: a.js\nbase: /p\ndependencies: [${many.slice(1).join(", ")}]\nmenus:\n${many
      .map((name) => `- { title: ${name}, path: /p/${name}, icon: "a:b" }`)
      .join("\n")}`;
    const manifests = many
      .slice(1, 3000)
      .map((name, i) => facts(`name: ${name}\npluginEntry: a.js\ndependencies: [p${i + 3}]`, name));
    const started = Date.now();
    assert.deepEqual(problems(text, [], manifests), []);
    assert.ok(Date.now() - started < 10_000);
  });
});

function loaded(name: string, base?: string): HostPlugin {
  return { name, state: "loaded", ...(base !== undefined && { base }) };
}

function facts(text: string, folder: string) {
  const path = `/workspace/plugins/${folder}/manifest.yaml`;
  const { manifest } = recognise(parseText(`file://${path}`, text), NO_WORKSPACE, DEFAULT_SETTINGS);
  const system = SYSTEMS.find(({ id }) => id === "buntime");
  assert.ok(manifest && system?.facts);
  return { path, document: "manifest", facts: system.facts(manifest) };
}

function problems(
  text: string,
  plugins: readonly HostPlugin[],
  others: readonly ReturnType<typeof facts>[] = [],
): string[] {
  return diagnose(open(text, plugins, others)).map(({ severity, code, message }) => `${severity} ${code} ${message}`);
}

function offered(text: string, offset: number, plugins: readonly HostPlugin[]): string[] {
  const manifest = open(text, plugins, []);
  const { items } = service.complete(manifest, manifest.parsed.document.positionAt(offset));
  return items.map(({ label }) => label);
}

function open(text: string, plugins: readonly HostPlugin[], others: readonly ReturnType<typeof facts>[]): Manifest {
  const own = facts(text, "own");
  const workspace: Workspace = {
    ...NO_WORKSPACE,
    manifests: (system) => (system === "buntime" ? [own, ...others] : []),
    hosts: plugins.length > 0 ? [{ name: "staging", system: "buntime", at: 0, plugins }] : [],
  };
  const { manifest } = recognise(parseText(`file://${own.path}`, text), workspace, DEFAULT_SETTINGS);
  assert.ok(manifest);
  return manifest;
}
