// What kubectl's diffs become for the reader: empty lines stay empty lines, and no line comes from nowhere.
import assert from "node:assert/strict";
import { lineDiff } from "../../../client/ops/operations/lineDiff.js";
import { objectDiffs } from "../../../client/ops/transports/kubernetes/objectDiffs.js";

const header = (name: string) =>
  `diff -u -N /tmp/LIVE-1/${name} /tmp/MERGED-2/${name}\n--- /tmp/LIVE-1/${name}\t2026-01-01\n+++ /tmp/MERGED-2/${name}\t2026-01-01\n`;

describe("kubectl's diffs", () => {
  it("have no line of a new object's former text", () => {
    const [made] = objectDiffs(`${header("v1.Service.default.web")}@@ -0,0 +1,2 @@\n+kind: Service\n+spec: {}\n`);
    assert.deepEqual(made, {
      object: "v1.Service.default.web",
      before: "",
      after: "kind: Service\nspec: {}\n",
    });
    assert.deepEqual(lineDiff(made?.before ?? "", made?.after ?? ""), ["+ kind: Service", "+ spec: {}"]);
    const [gone] = objectDiffs(`${header("v1.Service.default.web")}@@ -1 +0,0 @@\n-kind: Service\n`);
    assert.deepEqual(lineDiff(gone?.before ?? "", gone?.after ?? ""), ["- kind: Service"]);
  });
  it("keep empty lines where they are, with the space before them or without", () => {
    for (const empty of [" ", ""]) {
      const text = `@@ -1,5 +1,5 @@\n data:\n   page: |\n${empty}\n-    one\n-\n+    two\n+\n+\n${empty}\n`;
      const [one, other] = objectDiffs(
        `${header("v1.ConfigMap.default.a")}${text}${header("v1.ConfigMap.default.b")}${text}`,
      );
      assert.equal(one?.before, "data:\n  page: |\n\n    one\n\n\n");
      assert.equal(one?.after, "data:\n  page: |\n\n    two\n\n\n\n");
      assert.deepEqual([other?.before, other?.after], [one?.before, one?.after]);
      const shown = lineDiff(one?.before ?? "", one?.after ?? "");
      assert.ok(shown.includes("+     two") && shown.includes(""), shown.join("\n"));
      assert.ok(
        shown.every((line) => !/^[-+]? +$/.test(line)),
        "spaces alone",
      );
    }
  });
  it("say where lines are left out between two places of one object", () => {
    const [diff] = objectDiffs(
      `${header("apps.v1.Deployment.default.web")}@@ -1,2 +1,2 @@\n a: 1\n-b: 2\n+b: 3\n@@ -20,2 +20,2 @@\n y: 1\n-z: 2\n+z: 3\n\\ No newline at end of file\n`,
    );
    assert.equal(diff?.before, "a: 1\nb: 2\n…\ny: 1\nz: 2\n");
    assert.equal(diff?.after, "a: 1\nb: 3\n…\ny: 1\nz: 3\n");
  });
});
