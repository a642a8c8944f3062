// `plugsmith.rules`, suppression comments, and checks that fail.

import assert from "node:assert/strict";
import {
  createDiagnose,
  createLanguageService,
  parseText,
  type Rule,
  recognise,
  type ServiceSettings,
} from "../../server/service/index.js";
import { NO_WORKSPACE } from "../../server/service/systems/facts.js";
import { settingsFor } from "../harness/settings.js";

const diagnose = createDiagnose();
const service = createLanguageService();
const WRONG = "plugins:\n- class: nodots\n  clas: 1\n";

function manifestOf(text: string, rules: ServiceSettings["rules"] = {}) {
  const settings = { ...settingsFor("plugins.yaml", "skypilot/plugins"), rules };
  const { manifest } = recognise(parseText("file:///workspace/plugins.yaml", text), NO_WORKSPACE, settings);
  assert.ok(manifest);
  return manifest;
}

const told = (text: string, rules?: ServiceSettings["rules"]) =>
  diagnose(manifestOf(text, rules)).map(({ code, severity }) => `${severity} ${code}`);

describe("plugsmith.rules", () => {
  it("without it, the rule's own severity", () =>
    assert.deepEqual(told(WRONG), ["error skypilot/class-not-dotted", "error skypilot/unknown-field"]));
  it("another severity", () =>
    assert.deepEqual(told(WRONG, { "skypilot/unknown-field": "hint" }), [
      "error skypilot/class-not-dotted",
      "hint skypilot/unknown-field",
    ]));
  it("off", () =>
    assert.deepEqual(told(WRONG, { "skypilot/unknown-field": "off" }), ["error skypilot/class-not-dotted"]));
  it("off leaves a comment for the same code in peace", () => {
    const text = WRONG.replace("  clas", "  # plugsmith-disable-next-line skypilot/unknown-field\n  clas");
    assert.deepEqual(told(text, { "skypilot/unknown-field": "off" }), ["error skypilot/class-not-dotted"]);
  });
  it("the hint about unused comments can be switched off too", () =>
    assert.deepEqual(
      told("# plugsmith-disable-next-line skypilot/syntax\nplugins: []\n", { "skypilot/unused-suppression": "off" }),
      [],
    ));
});

describe("suppression", () => {
  const withComment = (comment: string) => WRONG.replace("  clas", `  # plugsmith-disable-next-line${comment}\n  clas`);
  it("one code", () =>
    assert.deepEqual(told(withComment(" skypilot/unknown-field")), ["error skypilot/class-not-dotted"]));
  it("several codes, one of them unused", () =>
    assert.deepEqual(told(withComment(" skypilot/unknown-field, skypilot/syntax")), [
      "error skypilot/class-not-dotted",
      "hint skypilot/unused-suppression",
    ]));
  it("everything", () => assert.deepEqual(told(withComment("")), ["error skypilot/class-not-dotted"]));
  it("with a reason behind the code", () =>
    assert.deepEqual(told(withComment(" skypilot/unknown-field because we test it")), [
      "error skypilot/class-not-dotted",
    ]));
  it("in a text it is no comment", () =>
    assert.deepEqual(told('plugins: []\nx: "a # plugsmith-disable-next-line"\n'), ["error skypilot/unknown-field"]));
  it("removing an unused comment takes its line away", () => {
    const manifest = manifestOf("plugins: []\n  # plugsmith-disable-next-line skypilot/syntax\n# end\n");
    const [problem] = diagnose(manifest);
    assert.deepEqual(problem?.fixes?.[0]?.edits, [{ span: [12, 60], newText: "" }]);
  });
  it("the action writes the comment with the line's indentation and end", () => {
    const manifest = manifestOf(WRONG.replaceAll("\n", "\r\n"));
    const diagnostics = service.diagnose(manifest);
    const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
    const titles = service.actions(manifest, { range, diagnostics });
    const action = titles.find(({ title }) => title.startsWith("Disable skypilot/unknown-field"));
    assert.deepEqual(action?.edit?.changes?.[manifest.parsed.uri], [
      {
        range: { start: { line: 2, character: 0 }, end: { line: 2, character: 0 } },
        newText: "  # plugsmith-disable-next-line skypilot/unknown-field\r\n",
      },
    ]);
  });
});

describe("a check that fails", () => {
  const failing: Rule = {
    code: "skypilot/failing",
    severity: "error",
    title: "always fails",
    host: "",
    fix: "",
    check: () => {
      throw new Error("on purpose");
    },
  };
  const broken = () => {
    const manifest = manifestOf(WRONG);
    const system = { ...manifest.system, rules: [failing, ...manifest.system.rules] };
    return Object.create(manifest, { system: { value: system } }) as typeof manifest;
  };
  it("takes no other down, and is told to the caller", () => {
    const failed: string[] = [];
    const problems = diagnose(broken(), { onError: (error, code) => failed.push(`${code}: ${String(error)}`) });
    assert.deepEqual(
      problems.map(({ code }) => code),
      ["skypilot/class-not-dotted", "skypilot/unknown-field"],
    );
    assert.deepEqual(failed, ["skypilot/failing: Error: on purpose"]);
  });
  it("rises where nobody listens", () => assert.throws(() => diagnose(broken()), /on purpose/));
});
