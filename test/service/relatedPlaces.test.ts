// What a problem is related to in another file is shown at its very place there, whether that file is open or not.

import assert from "node:assert/strict";
import { toDiagnostics } from "../../server/service/features/diagnostics.js";
import { createDiagnose } from "../../server/service/index.js";
import { fixtureCases } from "../harness/fixtures.js";
import { openFixture } from "../harness/workspace.js";

const PLACES: Readonly<Record<string, readonly [file: string, text: string]>> = {
  "openjourney/broken-base": ["/workspace/base/kustomization.yaml", "gone.yaml"],
  "buntime/base-taken-elsewhere": ["/workspace/examples/b/manifest.yaml", "/notes"],
};

describe("places that a problem is related to", () => {
  const diagnose = createDiagnose();
  const all = fixtureCases().flatMap(({ name, fixture }) => {
    const { manifest } = openFixture(fixture);
    return manifest
      ? toDiagnostics(manifest, diagnose(manifest)).map((diagnostic) => ({ name, fixture, diagnostic }))
      : [];
  });
  const related = all.flatMap(({ name, fixture, diagnostic }) =>
    (diagnostic.relatedInformation ?? []).map(({ location }) => ({ name, fixture, location })),
  );

  for (const [name, [file, text]] of Object.entries(PLACES))
    it(`${name}: ${text}`, () => {
      const found = related
        .filter((one) => one.name === name)
        .map(({ fixture, location: { uri, range } }) => {
          const lines = fixture.files.find(({ path }) => uri === `file://${path}`)?.text.split("\n") ?? [];
          return [uri, lines[range.start.line]?.slice(range.start.character, range.end.character)];
        });
      assert.deepEqual(found, [[`file://${file}`, text]]);
    });

  it("are within their files", () => {
    assert.ok(related.length > 50, `${related.length}`);
    for (const { name, fixture, location } of related) {
      const file = fixture.files.find(({ path }) => location.uri === `file://${path}`);
      const lines = file?.text.split("\n");
      if (lines) assert.ok(location.range.end.line < lines.length, name);
    }
  });
});
