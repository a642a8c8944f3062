// `plugsmith check`: which files it looks at, what it says in each format, and how it ends.

import assert from "node:assert/strict";
import process from "node:process";
import { check } from "../../client/cli/check/check.js";
import { terminal } from "../../client/cli/terminal.js";
import { type Sandbox, sandbox } from "./plugsmith.js";

const GOOD = 'name: "hello"\nversion: "1.0.0"\nbase: /hello\npluginEntry: plugin.js\n';
/** kustomize refuses a field it doesn't know, so this is an error whatever else changes. */
const REFUSED = "resources: []\nresorces: []\n";
const BAD = 'name: "hello"\nversion: "1.0.0"\nbase: /hello\npluginEntry: absent.js\n';

describe("plugsmith check", () => {
  let box: Sandbox;
  beforeEach(() => {
    box = sandbox();
  });
  afterEach(() => box.end());
  const report = async (...args: string[]) => {
    const ran = await box.run(["check", ...args, "--format", "json"]);
    return { ...ran, files: JSON.parse(ran.out).files };
  };

  it("has an entry for each recognised file, clean ones too, and none for foreign files", async () => {
    box.write("a/manifest.yaml", GOOD);
    box.write("a/plugin.js", "export default {};\n");
    box.write("web/manifest.json", '{ "manifest_version": 3, "name": "x" }');
    box.write("node_modules/b/manifest.yaml", BAD);
    const { code, files } = await report();
    assert.equal(code, 0);
    assert.deepEqual(
      files.map(({ path, system, document }: Record<string, string>) => [path, system, document]),
      [["a/manifest.yaml", "buntime", "manifest"]],
    );
    assert.deepEqual(
      files[0].diagnostics.filter(({ severity }: Record<string, string>) => severity === "error"),
      [],
    );
  });

  it("tells how far it is, not oftener than it can be read", async () => {
    for (let one = 0; one < 120; one++) {
      box.write(`p${one}/manifest.yaml`, GOOD.replace("hello", `hello-${one}`).replace("/hello", `/hello-${one}`));
      box.write(`p${one}/plugin.js`, "export default {};\n");
    }
    const lines: string[] = [];
    const here = { ...terminal(process), cwd: box.folder, progress: (text: string) => void lines.push(text) };
    const { report: found } = await check([box.folder], here, new AbortController().signal);
    assert.equal(found.files.length, 120);
    const told = lines.filter((line) => line.startsWith("checking "));
    assert.match(told[0] ?? "", /^checking 1 of 120: \S/);
    assert.ok(told.length < 60, `${told.length} lines for 120 files`);
  });

  it("counts no byte order mark, as editors don't", async () => {
    box.write("a/kustomization.yaml", `\ufeffresorces: []\nresources: []\n`);
    const { files } = await report("a");
    const at = (character: number) => ({ line: 0, character });
    assert.deepEqual(files[0].diagnostics[0].range, { start: at(0), end: at(8) });
  });

  it("ends with 1 when there are errors, and gives their ranges as LSP does", async () => {
    box.write("a/kustomization.yaml", REFUSED);
    const { code, files } = await report("a");
    assert.equal(code, 1);
    const [problem] = files[0].diagnostics;
    assert.deepEqual([problem.severity, problem.code], ["error", "openjourney/unknown-field"]);
    assert.deepEqual(problem.range, { start: { line: 1, character: 0 }, end: { line: 1, character: 8 } });
    assert.deepEqual(Object.keys(problem), ["severity", "code", "message", "range"]);
  });

  it("takes a file by name, and is silent about one that is nobody's", async () => {
    box.write("a/manifest.yaml", BAD);
    box.write("k8s/manifest.yaml", "apiVersion: v1\nkind: ConfigMap\n");
    assert.equal((await report("a/manifest.yaml")).files.length, 1);
    const foreign = await box.run(["check", "k8s/manifest.yaml"]);
    assert.deepEqual([foreign.code, foreign.err], [0, ""]);
    assert.match(foreign.out, /no plugin manifests found/);
  });

  it("checks a named folder although git ignores it", async () => {
    box.write(".git/HEAD", "ref: refs/heads/main\n");
    box.write(".gitignore", "made/\n");
    box.write("made/manifest.yaml", BAD);
    assert.equal((await report()).files.length, 0);
    assert.equal((await report("made")).files.length, 1);
  });

  it("reads the settings of PATH, comments and all", async () => {
    box.write("a/manifest.yaml", BAD);
    box.write("a/extra.yaml", GOOD);
    box.write(
      "a/.vscode/settings.json",
      '{\n  // ours\n  "plugsmith.rules": { "buntime/entry-missing": "hint" },\n  "plugsmith.associations": { "extra.yaml": "buntime/manifest", },\n}\n',
    );
    const { code, files } = await report("a");
    assert.equal(files.length, 2);
    const severities = files.flatMap(({ diagnostics }: { diagnostics: { code: string; severity: string }[] }) =>
      diagnostics.filter((one) => one.code === "buntime/entry-missing").map((one) => one.severity),
    );
    assert.deepEqual(severities, ["hint", "hint"]);
    assert.equal(code, 0);
  });

  it("says so when a setting names no severity", async () => {
    box.write("a/manifest.yaml", GOOD);
    box.write(".vscode/settings.json", '{ "plugsmith.rules": { "buntime/entry-missing": "fatal" } }');
    const { err } = await box.run(["check"]);
    assert.match(err, /"buntime\/entry-missing" has the severity "fatal", which is none/);
  });

  it("leaves out what is less severe than asked", async () => {
    box.write("a/manifest.yaml", `${GOOD}enabled: "false"\n`);
    box.write("a/plugin.js", "");
    const all = await report("a");
    assert.ok(all.files[0].diagnostics.length > 0);
    const { files } = await report("a", "--min-severity", "error");
    assert.deepEqual(files[0].diagnostics, []);
  });

  it("writes lines that terminals and editors make links of", async () => {
    box.write("a/kustomization.yaml", REFUSED);
    const { out, code } = await box.run(["check"]);
    assert.equal(code, 1);
    assert.match(out, /^a\/kustomization\.yaml:2:1: error: .+ \[openjourney\/unknown-field\]$/m);
    assert.match(out, /^1 error.* in 1 manifest$/m);
  });

  it("writes workflow commands for GitHub", async () => {
    box.write("a,b/kustomization.yaml", REFUSED);
    const { out } = await box.run(["check", "--format", "github"]);
    assert.match(
      out,
      /^::error file=a%2Cb\/kustomization\.yaml,line=2,endLine=2,col=1,endColumn=9,title=openjourney\/unknown-field::/,
    );
  });

  it("writes SARIF with the rules it used", async () => {
    box.write("a b/kustomization.yaml", REFUSED);
    box.write("broken/plugins.yaml", "plugins:\n- class: [\n");
    box.write("d/manifest.yaml", `# plugsmith-disable-next-line buntime/none\n${GOOD}`);
    box.write("d/plugin.js", "");
    const log = JSON.parse((await box.run(["check", "--format", "sarif"])).out);
    assert.equal(log.version, "2.1.0");
    const [run] = log.runs;
    const [result] = run.results;
    assert.equal(run.tool.driver.rules[result.ruleIndex].id, result.ruleId);
    assert.equal(result.level, "error");
    const { artifactLocation, region } = result.locations[0].physicalLocation;
    assert.equal(artifactLocation.uri, "a%20b/kustomization.yaml");
    assert.deepEqual(region, { startLine: 2, startColumn: 1, endLine: 2, endColumn: 9 });
    // What code scanning wants of each rule; the types hold the rest to the standard.
    assert.ok(run.tool.driver.rules.length >= 3);
    for (const { id, shortDescription, fullDescription, help } of run.tool.driver.rules)
      for (const words of [shortDescription, fullDescription, help]) assert.ok(words?.text, id);
  });

  it("survives what no host would read", async () => {
    box.write("empty/manifest.yaml", "");
    box.write("broken/plugins.yaml", "plugins:\n- class: [\n\t{");
    box.write("nul/kustomization.yaml", "resources:\n- a\u0000b\n");
    box.write("word/manifest.json", "word");
    const { code, err, files } = await report();
    assert.equal(err, "");
    assert.equal(code, 1);
    assert.ok(files.length >= 2);
  });

  it("takes a PATH through .. for the folder that it leads to", async () => {
    box.write("a/manifest.yaml", BAD);
    box.write("b/empty.txt", "");
    const { files } = await report("../here/a");
    assert.equal(files[0].path, "a/manifest.yaml");
  });
});
