// The words round the emulation: why a plugin is silent, which sandbox words are held back, what a sample file may hold.

import assert from "node:assert/strict";
import { type Silence, whySilent } from "../../../client/preview/metaflow/explain.js";
import { answerFor } from "../../../client/preview/metaflow/page/answers.js";
import { readSample, STANDARD, sampleText } from "../../../client/preview/metaflow/page/sample.js";
import { heldBack, sandboxFor } from "../../../client/preview/metaflow/sandbox.js";
import { pageOf } from "../../../client/preview/panel/page.js";

describe("a plugin that does not register", () => {
  const silence: Silence = {
    entrypoint: "index.html",
    status: 200,
    path: "/p",
    html: "",
    files: ["index.html"],
    wasAsked: true,
    hasSpoken: false,
  };
  const first = (more: Partial<Silence>) => whySilent({ ...silence, ...more })[0] ?? "";

  it("has an entrypoint that is not served", () => {
    const gone = { status: 404 };
    assert.match(
      first({ ...gone, entrypoint: "dist/index.html" }),
      /only files at the top.*put "index.html" at the top/,
    );
    assert.match(first({ ...gone, entrypoint: "https://example.org/x" }), /puts the service's address in front/);
    assert.match(first({ ...gone, entrypoint: "page.html" }), /no file "page.html"/);
    assert.match(first({ ...gone, entrypoint: "" }), /is empty/);
    assert.match(first(gone), /name of the plugin/);
  });
  it("loads a module script, a file of a folder, or one that is not there", () => {
    assert.match(first({ html: '<script type="module" src="./a.js"></script>' }), /"\.\/a\.js" is a module script/);
    assert.match(first({ html: "<script src=a.js type=module></script>" }), /"a\.js" is a module script/);
    assert.match(first({ html: '<script src="dist/a.js"></script>' }), /"dist\/a\.js" lies in a folder/);
    assert.match(first({ html: '<script src="./a.js?v=1"></script>' }), /"a\.js" is not among/);
  });
  it("never speaks, speaks wrongly, or fails for a reason that can't be seen", () => {
    assert.match(first({ html: "<p>hi</p>" }), /nothing in its page registers/);
    assert.match(first({ hasSpoken: true }), /has posted messages/);
    assert.match(first({ wasAsked: false }), /does not forward ports/);
    assert.match(first({ html: "<script>Metaflow.onReady(() => 0)</script>" }), /developer tools/);
    assert.match(first({ entrypoint: "app.js", html: "1" }), /is no HTML page/);
  });
  it("is explained soon, however its page is written", () => {
    const began = performance.now();
    for (const piece of ["<script ", "<script type=module ", "<script src = ", '<script type="module" type=\n'])
      whySilent({ ...silence, html: piece.repeat(100_000) });
    assert.ok(performance.now() - began < 3000, `${performance.now() - began} ms`);
  });
});

describe("the sandbox of a previewed plugin", () => {
  it("keeps its own origin out of a browser's window, and the window itself anywhere", () => {
    const words = "allow-scripts allow-same-origin allow-top-navigation allow-forms";
    assert.equal(sandboxFor(words, { isWeb: true }), "allow-scripts allow-forms");
    assert.equal(sandboxFor(words, { isWeb: false }), "allow-scripts allow-same-origin allow-forms");
  });
  it("reads the words as browsers do: between HTML's white space, in any case", () => {
    const words = "allow-scripts ALLOW-Same-Origin\tAllow-Top-Navigation-By-User-Activation\fallow-Forms";
    assert.equal(sandboxFor(words, { isWeb: true }), "allow-scripts allow-forms");
    const glued = "allow-scripts allow-forms\u00a0allow-same-origin";
    assert.equal(sandboxFor(glued, { isWeb: false }), glued);
  });
  it("says which words have no effect here", () => {
    const told = heldBack(["allow-popups", "allow-forms", "allow-everything"], { isWeb: false });
    assert.deepEqual(
      told.map(({ word }) => word),
      ["allow-popups", "allow-everything"],
    );
    assert.match(told[0]?.why ?? "", /works on the host/);
  });
});

describe("sample records", () => {
  const read = (value: unknown) => readSample(JSON.stringify(value));
  it("come back as they were written", () => {
    assert.deepEqual(readSample(sampleText(STANDARD)), { ok: true, sample: STANDARD, notes: [] });
  });
  it("may hold any part; words of the address become texts; other keys are named", () => {
    const reading = read({ resource: { run_number: 43 }, more: 1 });
    assert.ok(reading.ok);
    assert.deepEqual(reading.sample.resource, { ...STANDARD.resource, run_number: "43" });
    assert.deepEqual(reading.sample.metadata, STANDARD.metadata);
    assert.match(reading.notes[0] ?? "", /"more" is no record/);
  });
  it("of a wrong shape are refused in words", () => {
    for (const value of [[], 3, { metadata: [] }, { taskInfoHoldsRows: "yes" }]) {
      const reading = read(value);
      assert.ok(!reading.ok && /has to be/.test(reading.problem), JSON.stringify(value));
    }
    assert.match(JSON.stringify(readSample("{")), /is not JSON/);
  });
  it("answer the service's paths along one task, and a file's own answers overrule them", () => {
    const task = "/flows/HelloFlow/runs/42/steps/start/tasks/7";
    for (const path of ["/flows", "/flows/HelloFlow/runs", "/flows/HelloFlow/runs/42/metadata", `${task}/metadata`])
      assert.ok(Array.isArray(answerFor(STANDARD, path)), path);
    assert.equal(Reflect.get(Object(answerFor(STANDARD, `${task}/`)), "status"), "completed");
    assert.equal(answerFor(STANDARD, "/flows/Other"), undefined);
    assert.equal(answerFor({ ...STANDARD, answers: { "/flows": 5 } }, "/flows"), 5);
  });
});

describe("a preview's document", () => {
  const parts = {
    view: "metaflow",
    title: '<b>"x"',
    nonce: "n0nce",
    script: "s.js",
    styles: "s.css",
    cspSource: "'self'",
    isWeb: false,
  };
  it("allows its own script by nonce and frames of one origin, and nothing else", () => {
    const page = pageOf({ ...parts, frames: ["http://127.0.0.1:1"] });
    const policy = /content="([^"]+)"/.exec(page)?.[1]?.replaceAll("&#39;", "'") ?? "";
    assert.match(policy, /^default-src 'none'; .*script-src 'nonce-n0nce'; frame-src http:\/\/127\.0\.0\.1:1;/);
    assert.doesNotMatch(policy, /unsafe/);
    assert.match(page, /<title>&#60;b&#62;/);
    assert.match(pageOf({ ...parts, frames: [] }), /frame-src &#39;none&#39;/);
  });
});
