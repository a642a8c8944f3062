// package.json says what the code does: the same commands, the same settings, files that exist, activation on the files of
// the systems table and on nothing else.

import assert from "node:assert/strict";
import fs from "node:fs";
import { COMMANDS, type CommandRow } from "../../client/commands/table.js";
import { embeddingGlobs, neighbourGlobs } from "../../client/documents.js";
import { SETTINGS, type SettingRow } from "../../client/settings.js";
import { DOCUMENT_IDS, SYSTEMS } from "../../server/service/index.js";
import { fromRoot } from "../harness/root.js";
import { read } from "./sources.js";

interface WalkthroughStep {
  readonly description: string;
  readonly media: { readonly image: string };
}

interface Choices {
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
}

interface Contributed {
  readonly walkthroughs: readonly { readonly steps: readonly WalkthroughStep[] }[];
  readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
  readonly languages: readonly { readonly id: string; readonly filenames?: readonly string[] }[];
  readonly commands: readonly {
    command: string;
    title: string;
    category: string;
    icon?: string;
    enablement?: string;
  }[];
  readonly configuration: {
    readonly properties: Readonly<
      Record<
        string,
        {
          default?: unknown;
          scope?: string;
          description?: string;
          markdownDescription?: string;
          additionalProperties?: Choices;
          items?: { readonly properties?: Readonly<Record<string, Choices>> };
        }
      >
    >;
  };
  readonly menus: Readonly<Record<string, readonly { command?: string; when?: string }[]>>;
}

interface Package {
  readonly main: string;
  readonly icon: string;
  readonly activationEvents: readonly string[];
  readonly contributes: Contributed;
  readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
}

const manifest: Package = JSON.parse(read("package.json"));
const { commands, configuration, languages, menus } = manifest.contributes;
const documentGlobs = [...new Set(SYSTEMS.flatMap(({ documents }) => documents.flatMap(({ globs }) => globs)))];
const commandRows: readonly CommandRow[] = COMMANDS;
const settingRows: readonly SettingRow[] = SETTINGS;

describe("package.json", () => {
  it("contributes the commands of the table, with their titles, icons and conditions", () => {
    const wanted = commandRows.map(({ id, title, icon, enablement }) => ({
      command: `plugsmith.${id}`,
      title,
      icon,
      enablement,
      category: "Plugsmith",
    }));
    const found = commands.map(({ command, title, icon, enablement, category }) => ({
      command,
      title,
      icon,
      enablement,
      category,
    }));
    assert.deepEqual(found, wanted);
  });
  it("hides from the palette exactly what needs a tree item", () => {
    const hidden = (menus.commandPalette ?? []).filter(({ when }) => when === "false").map(({ command }) => command);
    const wanted = commandRows.flatMap(({ id, hidden }) => (hidden ? [`plugsmith.${id}`] : []));
    assert.deepEqual([...hidden].sort(), wanted.sort());
  });
  it("names only contributed commands in menus", () => {
    const known = new Set(commands.map(({ command }) => command));
    const used = Object.values(menus).flatMap((entries) => entries.flatMap(({ command }) => command ?? []));
    assert.deepEqual(
      used.filter((command) => !known.has(command)),
      [],
    );
  });
  it("leads in walkthroughs to contributed commands and views, with pictures that exist", () => {
    const steps = manifest.contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);
    const views = Object.values(manifest.contributes.views).flat();
    const known = new Set([...commands.map(({ command }) => command), ...views.map(({ id }) => `${id}.focus`)]);
    const linked = steps.flatMap(({ description }) => [...description.matchAll(/\(command:([\w.]+)\)/g)]);
    assert.equal(linked.length, steps.length);
    assert.deepEqual(
      linked.filter(([, command = ""]) => !known.has(command)),
      [],
    );
    assert.ok(steps.every(({ media }) => fs.existsSync(fromRoot(media.image))));
  });
  it("contributes the settings of the table, each described", () => {
    const wanted = settingRows.map(({ key, default: standard, scope }) => [`plugsmith.${key}`, standard, scope]);
    const found = Object.entries(configuration.properties).map(([key, one]) => [
      key,
      one.default,
      one.scope ?? "window",
    ]);
    assert.deepEqual(found.sort(), wanted.sort());
    for (const [key, one] of Object.entries(configuration.properties))
      assert.ok(one.markdownDescription ?? one.description, key);
  });
  it("restricts in untrusted workspaces what the table restricts", () => {
    const wanted = settingRows.flatMap(({ key, restricted }) => (restricted ? [`plugsmith.${key}`] : []));
    assert.deepEqual([...manifest.capabilities.untrustedWorkspaces.restrictedConfigurations].sort(), wanted.sort());
  });
  it("activates on the files of the systems table", () => {
    const wanted = documentGlobs.map((glob) => `workspaceContains:${glob}`);
    const found = manifest.activationEvents.filter((event) => event.startsWith("workspaceContains:"));
    assert.deepEqual(found.sort(), wanted.sort());
  });
  it("activates on their languages too, for files that are made later, and on nothing else", () => {
    const found = manifest.activationEvents.filter((event) => !event.startsWith("workspaceContains:"));
    assert.deepEqual(found.sort(), ["onLanguage:json", "onLanguage:yaml"]);
    // A file that VS Code takes for neither would go unseen, unless we say what it is.
    const named = languages.flatMap(({ id, filenames = [] }) => filenames.map((name) => `${id} **/${name}`));
    const others = documentGlobs.filter((glob) => !/\.(yaml|yml|json)$/.test(glob));
    assert.deepEqual(
      named.sort(),
      others.map((glob) => `yaml ${glob}`),
    );
  });
  it("offers every document for plugsmith.associations", () => {
    const { additionalProperties } = configuration.properties["plugsmith.associations"] ?? {};
    assert.deepEqual(additionalProperties?.enum, [...DOCUMENT_IDS, "off"]);
    const titles = SYSTEMS.flatMap(({ documents }) => documents.map(({ title }) => title));
    assert.deepEqual(additionalProperties?.enumDescriptions, [...titles, "Not a plugin manifest"]);
  });
  it("offers every system for a host, by its title", () => {
    const { system } = configuration.properties["plugsmith.hosts"]?.items?.properties ?? {};
    assert.deepEqual(
      SYSTEMS.map(({ id, title }) => [id, title]),
      system?.enum?.map((id, at) => [id, system.enumDescriptions?.[at]]),
    );
  });
  it("has the client look at the files that may hold a document of ours", () => {
    const wanted = SYSTEMS.flatMap(({ documents }) => documents.flatMap(({ embedded }) => embedded?.globs ?? []));
    assert.deepEqual([...embeddingGlobs].sort(), [...new Set(wanted)].sort());
    assert.deepEqual(
      neighbourGlobs,
      SYSTEMS.flatMap(({ neighbours = [] }) => neighbours),
    );
  });
  it("names files that exist or are built", () => {
    assert.ok(fs.existsSync(fromRoot(manifest.icon)));
    assert.equal(manifest.main, "./dist/client.js");
  });
});
