// What the preview says of SkyPilot's files: what is built, which list is sent, and the wheels along with it.

import assert from "node:assert/strict";
import { URI } from "vscode-uri";
import {
  createLanguageService,
  DEFAULT_SETTINGS,
  type Files,
  type Preview,
  parseText,
  recognise,
  type ServiceSettings,
  SYSTEMS,
  type Workspace,
} from "../../../server/service/index.js";
import { memoryFiles } from "../../harness/memoryFiles.js";
import { wheelOf } from "../../harness/wheelOf.js";

type Contents = Readonly<Record<string, string | Uint8Array>>;

const SOURCE =
  "from sky.server.plugins import BasePlugin\n\n\nclass A(BasePlugin):\n    def __init__(self, path, size=1, deep=None): ...\n    def install(self, context): ...\n";
const WHEEL = "dist/my_plugin-1.2-py3-none-any.whl";

function previewOf(contents: Contents, settings: Partial<ServiceSettings> = {}): Preview {
  const modified = Date.UTC(2026, 0, 2, 3, 4);
  const at = (name: string) => `/workspace/${name}`;
  const binary = new Map(
    Object.entries(contents).flatMap(([name, content]): [string, Uint8Array][] =>
      typeof content === "string" ? [] : [[at(name), content]],
    ),
  );
  const texts = Object.entries(contents).map(([name, content]): [string, { text: string; modified: number }] => [
    at(name),
    { text: typeof content === "string" ? content : "", modified },
  ]);
  const memory = memoryFiles(new Map(texts));
  const files: Files = {
    ...memory,
    bytes: (path) => binary.get(path) ?? memory.bytes(path),
    stat: (path) => {
      const size = binary.get(path)?.byteLength;
      return size === undefined ? memory.stat(path) : { size, modified };
    },
  };
  const known = { ...DEFAULT_SETTINGS, ...settings };
  const open = (path: string) => {
    const text = files.read(path);
    const parsed = text === undefined ? undefined : parseText(URI.file(path).toString(), text);
    return parsed && recognise(parsed, workspace, known).manifest;
  };
  const workspace: Workspace = {
    files,
    roots: ["/workspace"],
    open,
    documents: (path) => [open(path)].flatMap((one) => one ?? []),
    manifests: (system) =>
      Object.keys(contents).flatMap((name) => {
        const path = `/workspace/${name}`;
        const manifest = /plugins\.yaml$/.test(name) && system === "skypilot" ? open(path) : undefined;
        const facts = SYSTEMS.find(({ id }) => id === system)?.facts;
        return manifest && facts ? [{ path, document: manifest.kind.id, facts: facts(manifest) }] : [];
      }),
    hosts: [],
  };
  const [first = ""] = Object.keys(contents);
  const manifest = open(`/workspace/${first}`);
  const preview = manifest && createLanguageService().preview(manifest);
  if (!preview) throw new Error("there is no preview");
  return preview;
}

describe("the preview of SkyPilot's files", () => {
  it("shows the objects that each process builds, in order, with what is left to defaults", () => {
    const preview = previewOf({
      "plugins.yaml":
        "plugins:\n- class: my_plugin.A\n  parameters: {path: /x, deep: {on: yes, list: [1, ~]}}\n- class: other.B\n- class: nodot\n",
      "my_plugin.py": SOURCE,
    });
    const [builds] = preview.sections;
    assert.deepEqual(
      builds?.rows.map(({ label, mood }) => [label, mood]),
      [
        ['1. A(path="/x", deep={"on": True, "list": [1, None]})', "good"],
        ["2. B()", undefined],
        ["3. nodot", "bad"],
      ],
    );
    assert.match(builds?.rows[0]?.notes?.join("\n") ?? "", /defaults apply for size/);
    assert.match(builds?.rows[1]?.notes?.join("\n") ?? "", /not in this workspace/);
    assert.ok(builds?.rows[0]?.place?.span);
  });
  it("says that a class which is no plugin is refused", () => {
    const preview = previewOf({
      "plugins.yaml": "plugins:\n- class: my_plugin.A\n",
      "my_plugin.py": "class A:\n    pass\n",
    });
    const [row] = preview.sections[0]?.rows ?? [];
    assert.equal(row?.mood, "bad");
    assert.match(row?.notes?.join("\n") ?? "", /BasePlugin: the server refuses it/);
  });
  it("marks each row that the server refuses, or builds otherwise than meant, and says why", () => {
    const [builds] = previewOf({
      "plugins.yaml":
        "plugins:\n- {class: my_plugin.A, parameters: {path: /x}}\n- {class: my_plugin.A, parameters: {path: /y}}\n- class: my_plugin.A\n- {class: my_plugin.B, parameters: {colour: red}}\n- class: my_plugin.Gone\n- class: far.my_plugin:A\n- {class: far.C, deep: 1}\n- far.D\n",
      "my_plugin.py": `${SOURCE}\n\nclass B(A): ...\n`,
    }).sections.filter(({ rows }) => rows.length > 1);
    const rows =
      builds?.rows.map(({ label, mood, notes = [] }) => `${label}: ${mood}: ${notes.slice(-2).join("; ")}`) ?? [];
    const wanted = [
      /^1\. A\(path="\/x"\): good/,
      /^2\. A\(path="\/y"\): attention: .*"my_plugin\.A" is listed twice; both are installed and the later one replaces/,
      /^3\. A\(\): bad: .*"path"/,
      /^4\. B\(colour="red"\): bad: .*"colour"/,
      /^5\. Gone\(\): bad: looked for in my_plugin\.py; the module "my_plugin" has no class "Gone"/,
      /^6\. my_plugin:A\(\): bad: .*far\.my_plugin\.A/,
      /^7\. C\(\): bad: .*deep/,
    ];
    for (const [at, pattern] of wanted.entries()) assert.match(rows[at] ?? "", pattern);
  });
  it("says what stops the server before any row", () => {
    const [first] = previewOf({
      "plugins.yaml": "plugin:\n- class: my_plugin.A\nplugins:\n- class: my_plugin.A\n",
    }).sections;
    assert.equal(first?.title, "The host does not take it as it is");
    assert.match(first?.rows[0]?.label ?? "", /"plugin"/);
    assert.ok(first?.rows[0]?.place?.span);
  });
  it("writes out nothing that aliases make endless", () => {
    const levels = Array.from({ length: 9 }, (_, at) => `    a${at + 1}: &a${at + 1} [${`*a${at}, `.repeat(10)}]\n`);
    const text = `plugins:\n- class: my_plugin.A\n  parameters:\n    a0: &a0 [x, y]\n${levels.join("")}`;
    const [only, ...more] = previewOf({ "plugins.yaml": text }).sections;
    assert.match(only?.rows[0]?.label ?? "", /aliases expand this document/);
    assert.equal(more.length, 0);
  });
  it("sends remote_plugins.yaml as it is, with wheels that hold the source", () => {
    const remote = "# kept\nplugins:\n- class: my_plugin.A\n";
    const [, list, wheels] = previewOf({
      "plugins.yaml": "controller_wheel_path: dist\nplugins:\n- class: my_plugin.A\n",
      "remote_plugins.yaml": remote,
      "my_plugin.py": SOURCE,
      [WHEEL]: wheelOf("my_plugin.py", SOURCE),
    }).sections;
    assert.equal(list?.text, remote);
    const [row] = wheels?.rows ?? [];
    assert.deepEqual([row?.label, row?.mood], ["my_plugin-1.2-py3-none-any.whl", "good"]);
    assert.match(row?.detail ?? "", /^version 1\.2 · \d+ bytes · 2026-01-02 03:04 UTC$/);
    assert.deepEqual(row?.notes, ["holds my_plugin.A, as the source has it"]);
  });
  it("names files and folders as they are seen from the file, or from the workspace", () => {
    const files = { "my_plugin.py": SOURCE, "wheels/readme.txt": "", "server/pyproject.toml": "" };
    const text = "controller_wheel_path: ../wheels\nplugins:\n- class: my_plugin.A\n";
    const [builds, , wheels] = previewOf({ "server/plugins.yaml": text, ...files }).sections;
    assert.match(builds?.rows[0]?.notes?.join("\n") ?? "", /written in my_plugin\.py/);
    assert.match(wheels?.note ?? "", /^wheels holds no \.whl file/);
    const [, , below] = previewOf({
      "plugins.yaml": "controller_wheel_path: dist\n",
      [WHEEL]: wheelOf("a.py", ""),
    }).sections;
    assert.match(below?.note ?? "", /^Every wheel directly in dist, needed or not/);
  });
  it("sends, by the guide's form, the flagged items reduced to class and parameters", () => {
    const [, list] = previewOf(
      {
        "plugins.yaml":
          "plugins:\n- class: my_plugin.A\n  upload_to_controller: true\n  parameters: {path: /x, deep: {a: [1], b: {}}}\n  more: 1\n- class: my_plugin.B\n",
      },
      { skypilotSchema: "guide" },
    ).sections;
    const text =
      'plugins:\n- class: "my_plugin.A"\n  parameters:\n    path: "/x"\n    deep:\n      a:\n      - 1\n      b: {}\n';
    assert.equal(list?.text, text);
  });
  it("says when nothing is sent, and why", () => {
    const [, list, wheels] = previewOf({ "plugins.yaml": "plugins:\n- class: my_plugin.A\n" }).sections;
    assert.match(list?.note ?? "", /Nothing is sent: there is no remote_plugins\.yaml/);
    assert.match(wheels?.note ?? "", /controller_wheel_path is not set/);
    assert.equal(wheels?.mood, undefined);
  });
  it("warns where a list is sent without wheels, or with another text than the source", () => {
    const files = { "remote_plugins.yaml": "plugins:\n- class: my_plugin.A\n", "my_plugin.py": SOURCE };
    const plugins = { "plugins.yaml": "controller_wheel_path: dist\nplugins: []\n" };
    const alone = previewOf({ ...files, "plugins.yaml": "plugins:\n- class: my_plugin.A\n" }).sections[2];
    assert.equal(alone?.mood, "attention");
    assert.match(alone?.note ?? "", /Without wheels the list isn't sent either/);
    const old = previewOf({ ...files, ...plugins, [WHEEL]: wheelOf("my_plugin.py", "# old\n") }).sections[2];
    assert.equal(old?.rows[0]?.mood, "attention");
    assert.match(old?.rows[0]?.notes?.join() ?? "", /another text than the source/);
    const other = previewOf({ ...files, ...plugins, [WHEEL]: wheelOf("other.py", SOURCE) }).sections[2];
    assert.equal(other?.mood, "attention");
    assert.match(other?.rows[0]?.notes?.join() ?? "", /none of the modules/);
  });
});
