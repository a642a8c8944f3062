// Changing one entry of a PLUGINS value in every kind of file: only that entry changes, in the file's own quoting.
import assert from "node:assert/strict";
import { metaflow } from "../../../server/service/index.js";

type Change = Parameters<typeof metaflow.editEntry>[2];

const run = { repository: "https://git.example.org/ui/run.git", ref: "origin/main" };
const addRun: Change = { kind: "set", identifier: "run", fields: run };
const removeBadge: Change = { kind: "remove", identifier: "badge" };

function edited(path: string, text: string, change: Change, line?: number): string {
  const result = metaflow.editEntry(path, text, change, line);
  assert.ok(result.done, result.done ? "" : result.reason);
  return result.text;
}

function refused(path: string, text: string, change: Change, line?: number): string {
  const result = metaflow.editEntry(path, text, change, line);
  assert.ok(!result.done, result.done ? result.text : "");
  return `${result.reason}; ${result.next}`;
}

describe("an entry of PLUGINS", () => {
  it("is added to a JSON file in its own indentation", () => {
    const before = '{\n    "auth": {"user": "ci"},\n    "badge": {}\n}\n';
    assert.equal(
      edited("/w/config.plugins.json", before, addRun),
      '{\n    "auth": {"user": "ci"},\n    "badge": {},\n    "run": {\n        "repository": "https://git.example.org/ui/run.git",\n        "ref": "origin/main"\n    }\n}\n',
    );
  });

  it("begins a JSON file that is empty, and an object that is", () => {
    const local: Change = { kind: "set", identifier: "badge", fields: {} };
    assert.equal(edited("/w/config.plugins.json", "", local), '{\n  "badge": {}\n}\n');
    assert.equal(edited("/w/config.plugins.json", "{}", local), '{"badge": {}}');
    assert.equal(edited("/w/config.plugins.json", "{\n}\n", local), '{\n  "badge": {}\n}\n');
  });

  it("keeps the quotes, comments and other variables of a .env file", () => {
    const before = "# the service\nPORT=8083\nPLUGINS='{\"badge\": {}}' # plugins\nLAST=1\n";
    assert.equal(
      edited("/w/.env", before, { kind: "set", identifier: "it's", fields: { parameters: { note: "it's $5 #1" } } }),
      '# the service\nPORT=8083\nPLUGINS=\'{"badge": {}, "it\\u0027s": {"parameters": {"note": "it\\u0027s $5 #1"}}}\' # plugins\nLAST=1\n',
    );
    const bare = edited("/w/.env", 'PLUGINS={"badge": {}}\r\nLAST=1\r\n', {
      kind: "set",
      identifier: "a",
      fields: { ref: "a #b$c" },
    });
    assert.equal(bare, 'PLUGINS={"badge": {}, "a": {"ref": "a \\u0023b\\u0024c"}}\r\nLAST=1\r\n');
    const double = edited("/w/ui.env", 'PLUGINS="{\\"badge\\": {}}"\n', addRun);
    assert.match(double, /^PLUGINS="\{\\"badge\\": \{\}, \\"run\\": \{\\"repository\\": /);
  });

  it("keeps a compose file, dollar signs doubled", () => {
    const before =
      "services:\n  ui: # the page\n    image: metaflow\n    environment:\n      PLUGINS: '{\"badge\": {}}'\n      MF: 1\n";
    assert.equal(
      edited("/w/compose.yaml", before, { kind: "set", identifier: "a", fields: { parameters: { cost: "$5" } } }),
      before.replace("{}}", () => '{}, "a": {"parameters": {"cost": "$$5"}}}'),
    );
  });

  it("keeps the lines of a block scalar in a Kubernetes manifest", () => {
    const before =
      'kind: Deployment\nspec:\n  env:\n    - name: PLUGINS\n      value: |\n        {\n          "badge": {}\n        }\n    - name: X\n      value: "1"\n';
    assert.equal(
      edited("/w/ui.yaml", before, { kind: "set", identifier: "a", fields: { ref: "origin/main" } }),
      before.replace(
        '"badge": {}\n',
        '"badge": {},\n          "a": {\n            "ref": "origin/main"\n          }\n',
      ),
    );
  });

  it("keeps Dockerfiles and shell scripts", () => {
    assert.equal(
      edited("/w/Dockerfile", "FROM x\nENV A=1 PLUGINS='{}' B=2\n", {
        kind: "set",
        identifier: "a",
        fields: {},
      }),
      "FROM x\nENV A=1 PLUGINS='{\"a\": {}}' B=2\n",
    );
    assert.equal(
      edited("/w/start.sh", '#!/bin/sh\nexport PLUGINS="{\\"a\\": {}}"\n./run\n', removeBadge),
      '#!/bin/sh\nexport PLUGINS="{\\"a\\": {}}"\n./run\n',
    );
  });

  it("begins the variable where a file has none and its form leaves no doubt", () => {
    const local: Change = { kind: "set", identifier: "badge", fields: {} };
    assert.equal(edited("/w/.env", "PORT=1", local), 'PORT=1\nPLUGINS={"badge": {}}\n');
    assert.equal(edited("/w/ui.sh", "", local), "export PLUGINS='{\"badge\": {}}'\n");
    assert.equal(edited("/w/Dockerfile", "FROM x\n", local), "FROM x\nENV PLUGINS='{\"badge\": {}}'\n");
    assert.match(refused("/w/compose.yaml", "services: {}\n", local), /no PLUGINS value yet; add the variable PLUGINS/);
    assert.match(refused("/w/notes.txt", "", local), /not looked for in notes\.txt/);
    assert.match(
      refused("/w/task.json", '{"containerDefinitions": []}\n', local),
      /task\.json has no PLUGINS value yet/,
    );
  });

  it("changes only the fields that are meant, and keeps keys of its own", () => {
    const before = '{"run": {"repository": "https://a.example.org/x.git", "ref": "main", "note": 1}, "z": {}}';
    assert.equal(
      edited("/w/plugins.json", before, { kind: "set", identifier: "run", fields: { ref: "origin/main" } }),
      before.replace('"main"', '"origin/main"'),
    );
    assert.equal(
      edited("/w/plugins.json", before, {
        kind: "set",
        identifier: "run",
        fields: { parameters: { color: "blue" } },
        unset: ["ref", "repository"],
      }),
      '{"run": {"note": 1, "parameters": {"color": "blue"}}, "z": {}}',
    );
  });

  it("takes fields away although they stand side by side at the end", () => {
    const before = '{"run": {"repository": "https://a.example.org/x.git", "ref": "v1", "paths": ["a"]}}';
    const change: Change = { kind: "set", identifier: "run", fields: {}, unset: ["ref", "paths"] };
    assert.equal(edited("/w/plugins.json", before, change), '{"run": {"repository": "https://a.example.org/x.git"}}');
    const all: Change = { kind: "set", identifier: "run", fields: {}, unset: ["repository", "ref", "paths"] };
    assert.equal(edited("/w/plugins.json", before, all), '{"run": {}}');
  });

  it("makes an object of a bare address when it gets more than that", () => {
    const before = '{"run": "https://a.example.org/x.git"}';
    const ref: Change = { kind: "set", identifier: "run", fields: { ref: "origin/main" } };
    assert.equal(
      edited("/w/plugins.json", before, ref),
      '{"run": {"repository": "https://a.example.org/x.git", "ref": "origin/main"}}',
    );
    const address: Change = { kind: "set", identifier: "run", fields: { repository: "https://b.example.org/x.git" } };
    assert.equal(edited("/w/plugins.json", before, address), '{"run": "https://b.example.org/x.git"}');
  });

  it("is removed with its comma, wherever it stands, repeated ones too", () => {
    const of = (text: string) => edited("/w/plugins.json", text, removeBadge);
    assert.equal(of('{"badge": {}, "a": {}}'), '{"a": {}}');
    assert.equal(of('{"a": {}, "badge": {}}'), '{"a": {}}');
    assert.equal(of('{\n  "a": {},\n  "badge": {},\n  "c": {}\n}'), '{\n  "a": {},\n  "c": {}\n}');
    assert.equal(of('{"badge": {}}'), "{}");
    assert.equal(of('{"badge": {}, "a": {}, "badge": {"ref": "x"}}'), '{"a": {}}');
    assert.equal(of('{"a": {}}'), '{"a": {}}');
    assert.equal(of(""), "");
  });

  it("is not written where the value is broken, no object, filled in later, or one of several", () => {
    assert.match(refused("/w/plugins.json", '{"a": }', addRun), /not JSON: .*; correct it first/);
    assert.match(refused("/w/plugins.json", "[]", addRun), /no JSON object/);
    assert.match(
      refused("/w/compose.yaml", "services:\n  ui:\n    environment:\n      PLUGINS: $PLUGINS\n", addRun),
      /"\$PLUGINS" is filled in/,
    );
    const two = "services:\n  a:\n    environment:\n      PLUGINS: '{}'\n  b:\n    environment:\n      PLUGINS: '{}'\n";
    assert.match(refused("/w/compose.yaml", two, addRun), /several PLUGINS values; say which by its line: 4, 7/);
    assert.match(refused("/w/compose.yaml", two, addRun, 5), /no PLUGINS value begins on line 5/);
    assert.match(edited("/w/compose.yaml", two, addRun, 7), /PLUGINS: '\{\}'\n {2}b:[\s\S]*"run"/);
  });

  it("goes into JSON manifests, kustomizations, files of properties and compose's defaults", () => {
    const local: Change = { kind: "set", identifier: "run", fields: {} };
    const task = (value: string) =>
      JSON.stringify({ containerDefinitions: [{ environment: [{ name: "PLUGINS", value }] }] });
    assert.equal(edited("/w/task.json", task('{"badge": {}}'), local), task('{"badge": {}, "run": {}}'));
    const written = (value: string) => [
      ["/w/kustomization.yaml", `configMapGenerator:\n- literals:\n  - 'PLUGINS=${value}'\n`] as const,
      ["/w/compose.yaml", `services:\n  ui:\n    environment:\n      PLUGINS: '\${PLUGINS:-${value}}'\n`] as const,
      ["/w/ui.properties", `A=b\nPLUGINS=${value}\n`] as const,
    ];
    const wanted = written('{"badge": {}, "run": {}}');
    for (const [i, [path, text]] of written('{"badge": {}}').entries())
      assert.equal(edited(path, text, local), wanted[i]?.[1]);
    assert.equal(edited("/w/new.properties", "A=b\n", local), 'A=b\nPLUGINS={"run": {}}\n');
  });
  it("has a name that the service finds in installed/", () => {
    for (const identifier of ["", "auth", "../x", "/etc", "a/../b"])
      assert.match(refused("/w/plugins.json", "{}", { kind: "set", identifier, fields: {} }), /can't be the name/);
  });
});

describe("a PLUGINS value for other places", () => {
  const json = JSON.stringify({ a: { parameters: { note: 'it\'s $5 #1 \\ "q" `x`' } } });

  it("reads back as the same value in every file that can hold it", () => {
    const files = {
      "/w/.env": metaflow.assignment("dotenv", json),
      "/w/x.sh": metaflow.assignment("shell", json),
      "/w/Dockerfile": metaflow.assignment("dockerfile", json),
      "/w/compose.yaml": `services:\n  ui:\n    environment:\n      ${metaflow.assignment("compose", json)}\n`,
      "/w/ui.yaml": `kind: Pod\nspec:\n  env:\n${metaflow.assignment("kubernetes", json).replace(/^/gm, "    ")}\n`,
      "/w/config.plugins.json": metaflow.assignment("json", json),
    };
    for (const [path, text] of Object.entries(files)) {
      const [value] = metaflow.pluginsValuesIn(path, text);
      assert.deepEqual(JSON.parse(value?.text ?? ""), JSON.parse(json), path);
      assert.deepEqual([value?.later, value?.identifiers], [[], ["a"]], path);
    }
  });
});
