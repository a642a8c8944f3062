// SkyPilot's files by themselves: merging that leaves all else as it is, versions, projects.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { withEntries, withoutEntries } from "../../../client/ops/hosts/skypilot/files/merge.js";
import { nextVersion, raiseVersion } from "../../../client/ops/hosts/skypilot/files/version.js";
import { packerOf } from "../../../client/ops/index.js";
import { hostError } from "../support/errors.js";
import { removeTemporary, temporary, write } from "../support/places.js";

const ours = "plugins:\n  - class: a.b.Mine\n    parameters: {port: 8} # ours\n";
const merged = (before: string, wheels?: string) => withEntries({ at: "plugins.yaml", before }, ours, wheels);

describe("entries of a server's plugins.yaml", () => {
  it("come last, and leave comments, styles, line ends and others' entries as they are", () => {
    const cases: readonly (readonly [string, string])[] = [
      ["", ours],
      ["plugins: []\n", "plugins:\n  - class: a.b.Mine\n    parameters: { port: 8 } # ours\n"],
      [
        "# top\nplugins:\n- class: x.Y   # theirs\n# end\n",
        "# top\nplugins:\n- class: x.Y # theirs\n- class: a.b.Mine\n  parameters: { port: 8 } # ours\n\n# end\n",
      ],
      [
        "plugins:\r\n- class: x.Y\r\n",
        "plugins:\r\n- class: x.Y\r\n- class: a.b.Mine\r\n  parameters: { port: 8 } # ours\r\n",
      ],
      ["plugins:\n", "plugins:\n  - class: a.b.Mine\n    parameters: { port: 8 } # ours\n"],
    ];
    for (const [before, after] of cases) assert.equal(merged(before), after);
  });

  it("are replaced where they stand, and only when they differ", () => {
    const same = "plugins:\n    - {class: a.b.Mine,   parameters: {port: 8}}\n    - class: x.Y\n";
    assert.equal(merged(same), same);
    const other = "plugins:\n- class: a.b.Mine # keep\n  parameters:\n    port: 9\n- class: x.Y\n";
    assert.equal(merged(other), "plugins:\n- class: a.b.Mine # keep\n  parameters: { port: 8 } # ours\n- class: x.Y\n");
  });

  it("get the directory for wheels at the end of the file, or where it stands", () => {
    assert.match(
      merged("# of ops\nplugins: []\n", "/w"),
      /^# of ops\nplugins:\n[\s\S]*\ncontroller_wheel_path: \/w\n$/,
    );
    assert.match(
      merged("controller_wheel_path: /old # fixed\nplugins: []\n", "/w"),
      /^controller_wheel_path: \/w # fixed\n/,
    );
  });

  it("are read as the server reads them, in YAML 1.1, and written so that it reads the same", () => {
    const text = withEntries(
      { at: "f", before: "plugins: [{class: x.Y, parameters: {a: yes, b: '010', c: 12:30}}]\n" },
      "plugins: [{class: a.B, parameters: {on: 'off', d: '1_0'}}]\n",
    );
    assert.match(text, /a: yes, b: '010', c: 12:30/);
    assert.match(text, /'off'/);
    assert.match(text, /'1_0'/);
    assert.doesNotMatch(text, /%YAML/);
  });

  it("go without leaving an empty list that would stop the server", () => {
    const without = (before: string) => withoutEntries({ at: "f", before }, ["a.b.Mine"]);
    assert.equal(without("# c\nplugins:\n- class: a.b.Mine\n"), "# c\nplugins: []\n");
    assert.equal(
      without("plugins:\n- class: x.Y # z\n- class: a.b.Mine\n  parameters: {a: 1}\n"),
      "plugins:\n- class: x.Y # z\n",
    );
    assert.equal(without("plugins:\n- class: x.Y\n"), "plugins:\n- class: x.Y\n");
  });

  it("are not touched in a file that can't be read for certain", async () => {
    for (const before of ["plugins: [\n", "- a\n", "plugins: 3\n", "a: 1\n---\nb: 2\n"])
      assert.match(
        (await hostError((async () => merged(before))())).message,
        /plugins\.yaml can't be changed safely/,
        before,
      );
  });
});

describe("a SkyPilot plugin's folder", () => {
  afterEach(removeTemporary);

  it("is claimed by what its files say, not by their names alone", async () => {
    const claims = async (files: Readonly<Record<string, string>>) =>
      packerOf("skypilot").claims(await write(await temporary(), files));
    assert.equal(await claims({ "plugins.yaml": "plugins:\n- class: a.B\n" }), true);
    assert.equal(await claims({ "remote_plugins.yaml": "plugins: []\n" }), true);
    assert.equal(await claims({ "plugins.yaml": "plugins:\n- name: grafana-clock\n" }), false);
    assert.equal(await claims({ "plugins.yaml": "plugins: [\n" }), false);
    assert.equal(await claims({ "pyproject.toml": "[project]\n" }), false);
  });

  it("may lie below its project, and have none", async () => {
    const folder = await write(await temporary(), {
      ".git/HEAD": "",
      "pyproject.toml": '[project]\nname = "up-here"\nversion = "1.0"\n',
      "src/a/__init__.py": "",
      ".gitignore": "built.js\n",
      "src/a/built.js": "1",
      "dist/old-1.0-py3-none-any.whl": "",
      "deploy/plugins.yaml": "plugins:\n- class: a.B\n",
    });
    const plan = await packerOf("skypilot").plan(path.join(folder, "deploy"), {});
    assert.deepEqual([plan.folder, plan.name, plan.version], [folder, "up-here", "1.0"]);
    assert.deepEqual(
      plan.files.map((file) => file.path),
      ["deploy/plugins.yaml", "pyproject.toml", "src/a/__init__.py", "src/a/built.js"],
    );
    const alone = await write(await temporary(), {
      "plugins.yaml": "plugins:\n- class: pkg.mod.C\n",
      "notes.txt": "x",
    });
    const bare = await packerOf("skypilot").plan(alone, {});
    assert.deepEqual([bare.name, bare.files.map((file) => file.path), bare.steps], ["pkg", ["plugins.yaml"], []]);
    const shipment = await packerOf("skypilot").write(bare, { file: path.join(await temporary(), "a.tgz") });
    assert.deepEqual(await packerOf("skypilot").open(shipment.path), shipment);
  });

  it("gets its version raised in the table of the project alone", async () => {
    const toml =
      '[tool.x]\nversion = "9"\n\n[project] # it\nname = "a"\nversion = "0.1.9" # now\n\n[tool.y]\nversion = "9"\n';
    const folder = await write(await temporary(), {
      "pyproject.toml": toml,
      "plugins.yaml": "plugins:\n- class: a.B\n",
    });
    await raiseVersion(folder);
    assert.equal(await readFile(path.join(folder, "pyproject.toml"), "utf8"), toml.replace("0.1.9", "0.1.10"));
    assert.deepEqual(["1.0rc1", "2", "1.0.dev"].map(nextVersion), ["1.0rc2", "3", undefined]);
    const dynamic = await write(await temporary(), {
      "pyproject.toml": '[project]\nname = "a"\ndynamic = ["version"]\n',
    });
    assert.match((await hostError(raiseVersion(dynamic))).message, /does not stand in pyproject\.toml/);
  });
});
