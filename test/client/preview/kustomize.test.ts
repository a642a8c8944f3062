// The kustomize preview's pure parts: where an error belongs, and the head of the rendered document.

import assert from "node:assert/strict";
import { placeOfError } from "../../../client/preview/kustomize/errorPlace.js";
import { renderingText } from "../../../client/preview/kustomize/rendering.js";

describe("an error of kustomize", () => {
  const source = 'resources:\n- ../base\n- gone.yaml\nimagess: 1\npatches:\n- path: "p.yaml"\n';
  const pointed = (message: string) => {
    const { span } = placeOfError(message, source);
    return span && source.slice(...span);
  };
  it("is shown at what it names", () => {
    const accumulating =
      "accumulating resources: accumulation err='accumulating resources from 'gone.yaml': evalsymlink";
    assert.equal(pointed(accumulating), "gone.yaml");
    assert.equal(pointed('invalid Kustomization: json: unknown field "imagess"'), "imagess");
    assert.equal(pointed("failed to get the patch file from path(p.yaml): evalsymlink"), "p.yaml");
    assert.equal(pointed("accumulating resources from '../base': read /x/base: no such file"), "../base");
    const directory = 'loader.New "must build at directory: not a valid directory: evalsymlink failure on';
    assert.equal(
      pointed(`accumulating components: ${directory} '/w/plugins/base' : lstat /w/plugins/base"`),
      "../base",
    );
    assert.equal(pointed(`accumulating components: ${directory} '/w/a/gone.yaml' : lstat"`), "gone.yaml");
  });
  it("is shown in the line that it names, in this file or another", () => {
    assert.deepEqual(placeOfError("invalid Kustomization: yaml: line 3: did not find", source), { line: 2 });
    const inFile = "MalformedYAMLError: yaml: line 4: mapping values are not allowed in this context in File: a.yaml";
    assert.deepEqual(placeOfError(`accumulating resources from 'a.yaml': ${inFile}`, source), {
      file: "a.yaml",
      line: 3,
    });
  });
  it("has no place when it names nothing of the file", () => {
    assert.deepEqual(placeOfError("something else", source), {});
  });
});

describe("a rendered document", () => {
  const head = { tool: "kubectl kustomize", from: "a/b", sections: [], warnings: [] };
  it("says where it comes from, and what OpenJourney makes of it", () => {
    const sections = [{ title: "Names", note: "By these.", rows: [{ label: "x", detail: "y" }, { label: "z" }] }];
    const { text, head: lines } = renderingText({ ...head, sections }, "kind: A\n");
    assert.match(text, /^# Rendered by kubectl kustomize from a\/b\./);
    assert.match(text, /\n# OpenJourney, names: x \(y\), z\n# {3}By these\.\n\nkind: A\n$/);
    assert.equal(text.split("\n")[lines], "kind: A");
  });
  it("keeps the last good objects below the error of the present text", () => {
    const { text } = renderingText({ ...head, failed: "broken\n  here" }, "kind: A\n");
    assert.match(text, /# DOES NOT BUILD NOW: broken here\n# Below is the last that did\.\n\nkind: A/);
  });
  it("wraps long lines of the head, and still knows where the objects begin", () => {
    const failed = "one two three ".repeat(20).trim();
    const { text, head: lines } = renderingText({ ...head, failed }, "kind: A\n");
    const shown = text.split("\n").slice(0, lines - 1);
    assert.ok(shown.every((line) => line.startsWith("# ") && line.length <= 84));
    assert.match(shown[2] ?? "", /^# {3}(one|two|three) /);
    assert.ok(
      shown
        .join(" ")
        .replace(/\s+#?\s*/g, " ")
        .includes(failed),
    );
    assert.equal(text.split("\n")[lines], "kind: A");
  });
  it("promises no last good objects where there are none", () => {
    const { text } = renderingText({ ...head, failed: "broken" }, "");
    assert.match(text, /# DOES NOT BUILD NOW: broken\n# Nothing has been rendered yet: /);
    assert.doesNotMatch(text, /the last that did/);
  });
});
