// PLUGINS where it lives: the value of a variable in other files' quoting. Places map there and back, what is written goes
// into the quoting, and what isn't a PLUGINS value of Metaflow UI stays silent.

import assert from "node:assert/strict";
import { TextDocument } from "vscode-languageserver-textdocument";
import {
  createLanguageService,
  DEFAULT_SETTINGS,
  type Manifest,
  manifestAt,
  NO_WORKSPACE,
  parseText,
  recognise,
} from "../../../server/service/index.js";
import { accept } from "../../harness/accept.js";
import { ADDRESS, compose, opened, recognised, SHORT, speaking, squeezed } from "./carriers.js";
import { FOREIGN, FORMS } from "./forms.js";

const service = createLanguageService();
describe("metaflow: PLUGINS in other files", () => {
  for (const eol of ["\n", "\r\n"]) {
    for (const [what, path, written, value] of FORMS) {
      const text = speaking(path, written).replace(/\n/g, eol);
      it(`${what} maps there and back${eol === "\n" ? "" : " (CRLF)"}`, () => {
        const { manifest, outer } = opened(path, text);
        assert.equal(squeezed(manifest.parsed.text), squeezed(value));
        const { document, text: inner } = manifest.parsed;
        for (let i = 0; i <= inner.length; i++) {
          const position = document.positionAt(i);
          assert.equal(document.offsetAt(position), i);
          assert.equal(manifestAt(recognised(outer), outer, position)?.parsed.text, inner);
        }
        const found = recognised(outer);
        assert.equal(manifestAt(found, outer, { line: 0, character: 0 }), found.manifest);
      });
      it(`${what} has problems at their places, and fixes in its quotes${eol === "\n" ? "" : " (CRLF)"}`, () => {
        const { manifest, outer } = opened(path, text);
        const plain = alone(manifest.parsed.text);
        const there = service.diagnose(manifest);
        const here = service.diagnose(plain);
        assert.deepEqual(
          there.map(({ code, message }) => [code, message]),
          here.map(({ code, message }) => [code, message]),
        );
        assert.ok(there.some(({ code }) => code === "metaflow/ignored-field"));
        for (const [i, one] of there.entries()) {
          const wanted = here[i];
          assert.ok(wanted);
          const marked = outer.document.getText(one.range).replace(/\\/g, "");
          assert.equal(marked, plain.parsed.document.getText(wanted.range).replace(/\\/g, ""));
          const all = service.actions(manifest, { range: one.range, diagnostics: [one] });
          const fixes = all.filter(({ title }) => !title.startsWith("Disable "));
          const plainFixes = service.actions(plain, { range: wanted.range, diagnostics: [wanted] });
          assert.equal(fixes.length, plainFixes.length);
          for (const [n, fix] of fixes.entries()) {
            const edits = fix.edit?.changes?.[outer.uri] ?? [];
            const plainEdits = plainFixes[n]?.edit?.changes?.[plain.parsed.uri] ?? [];
            const after = opened(path, TextDocument.applyEdits(outer.document, edits)).manifest.parsed.text;
            const plainAfter = TextDocument.applyEdits(plain.parsed.document, plainEdits);
            assert.deepEqual(JSON.parse(after), JSON.parse(plainAfter), fix.title);
          }
        }
      });
    }
  }

  for (const [what, path, written] of FORMS) {
    const text = speaking(path, written);
    it(`${what} is completed as if it stood alone`, () => {
      const { manifest, outer } = opened(path, text);
      const plain = alone(manifest.parsed.text);
      const step = Math.max(1, Math.floor(manifest.parsed.text.length / 60));
      for (let i = 0; i <= manifest.parsed.text.length; i += step) {
        const position = manifest.parsed.document.positionAt(i);
        const items = service.complete(manifest, position).items;
        const plainItems = service.complete(plain, plain.parsed.document.positionAt(i)).items;
        assert.deepEqual(
          items.map(({ label }) => label),
          plainItems.map(({ label }) => label),
        );
        service.hover(manifest, position);
        for (const [n, item] of items.entries()) {
          const wanted = plainItems[n];
          assert.ok(wanted);
          const after = parseText(outer.uri, accept(outer.document, item));
          const plainAfter = accept(plain.parsed.document, wanted);
          const [found] = recognised(after).embedded;
          assert.equal(squeezed(found?.parsed.text ?? ""), squeezed(plainAfter), `${item.label} at ${i}`);
          if (isJson(plainAfter)) assert.deepEqual(found?.parsed.tree.problems, []);
        }
      }
    });
    it(`${what} survives every prefix`, () => {
      for (let end = 0; end <= text.length; end++) {
        const outer = parseText(`file://${path}`, text.slice(0, end));
        for (const manifest of recognised(outer).embedded) {
          service.diagnose(manifest);
          const at = manifest.parsed.document.positionAt(manifest.parsed.text.length);
          service.complete(manifest, at);
        }
      }
    });
  }

  it("tells a list in a file that sets up the service", () => {
    for (const [path, text] of [
      ["/w/.env", `MF_METADATA_DB_HOST=db\nPLUGINS='["${ADDRESS}"]'\n`],
      ["/w/values.yaml", `image: x/metaflow_metadata_service\nenv:\n  PLUGINS: '["${ADDRESS}"]'\n`],
    ] as const) {
      const { manifest } = opened(path, text);
      assert.deepEqual(
        service.diagnose(manifest).map(({ code }) => code),
        ["metaflow/wrong-type"],
      );
    }
  });

  it("takes an empty file of a ConfigMap for what it is", () => {
    const text = "kind: ConfigMap\nmetadata: { name: metaflow-ui }\ndata:\n  config.plugins.json: '{}'\n";
    const { manifest } = opened("/w/ui.yaml", text);
    assert.deepEqual(service.diagnose(manifest), []);
  });

  for (const [what, path, text] of FOREIGN) {
    it(`stays silent: ${what}`, () => {
      assert.deepEqual(recognised(parseText(`file://${path}`, text)).embedded, []);
    });
  }

  it("says nothing about what is filled in later, and leaves it as it is", () => {
    const text = compose(`'{"metaflow": {"repository": "https://\${HOST}/a.git", "ref": "\${REF}~1", "x": 1}}'`);
    const { manifest } = opened("/w/compose.yaml", text);
    const codes = service.diagnose(manifest).map(({ code }) => code);
    assert.deepEqual(codes, ["metaflow/ignored-field"]);
    const plain = compose(`'{"a": "https://\${HOST}/a.git", "b": "${ADDRESS}"}'`);
    const other = opened("/w/compose.yaml", plain).manifest;
    const [first, second] = service.diagnose(other);
    assert.ok(first && second);
    const fixes = (one: typeof first) =>
      service
        .actions(other, { range: one.range, diagnostics: [one] })
        .filter(({ title }) => !title.startsWith("Disable "));
    assert.equal(fixes(first).length, 0);
    assert.equal(fixes(second).length, 2);
  });

  it("takes an empty object where the file speaks of the service", () => {
    const one = recognised(parseText("file:///w/.env", "PLUGINS={}\nMF_METADATA_DB_HOST=db\n"));
    assert.deepEqual(
      one.embedded.flatMap((found) => service.diagnose(found)).map(({ code }) => code),
      ["metaflow/plugins-empty"],
    );
    assert.deepEqual(recognised(parseText("file:///w/.env", "PLUGINS={}\n")).embedded, []);
  });

  it("tells an object in quotes once too often, and one with Python's quotes", () => {
    const said = (path: string, text: string) =>
      service.diagnose(opened(path, text).manifest).map(({ code, severity }) => `${severity} ${code}`);
    assert.deepEqual(said("/w/compose.yaml", compose(`'${JSON.stringify(SHORT)}'`)), ["1 metaflow/wrong-type"]);
    const python = said("/w/.env", `PLUGINS="${SHORT.replace(/"/g, "'")}"\n`);
    assert.deepEqual([...new Set(python)], ["1 metaflow/syntax"]);
    assert.ok(python.length < 8, "each key and text once");
    for (const other of [`PLUGINS='"{}"'`, "PLUGINS={'a': 1}", 'PLUGINS="git docker"'])
      assert.deepEqual(recognised(parseText("file:///w/.env", `${other}\n`)).embedded, [], other);
  });

  it("tells a variable without a value where the file sets up the service", () => {
    for (const [path, text] of [
      ["/w/.env", "MF_METADATA_DB_HOST=db\nPLUGINS=\n"],
      ["/w/compose.yaml", `# ui-backend\n${compose('""')}`],
    ] as const) {
      const { manifest } = opened(path, text);
      assert.deepEqual(
        service.diagnose(manifest).map(({ code, severity }) => `${severity} ${code}`),
        ["3 metaflow/plugins-empty"],
      );
    }
  });

  it("offers no comment in JSON", () => {
    const { manifest } = opened("/w/ui.json", JSON.stringify({ kind: "ConfigMap", data: { PLUGINS: SHORT } }));
    const diagnostics = service.diagnose(manifest);
    assert.ok(diagnostics.length > 0);
    for (const one of diagnostics) {
      const titles = service.actions(manifest, { range: one.range, diagnostics }).map(({ title }) => title);
      assert.ok(!titles.some((title) => title.startsWith("Disable")));
    }
  });

  it("costs next to nothing in a file without such a variable", () => {
    const text = JSON.stringify({ data: Array.from({ length: 20_000 }, (_, i) => ({ name: `n${i}`, plugins: [i] })) });
    const outer = parseText("file:///w/data.json", text);
    recognised(outer);
    const started = performance.now();
    for (let i = 0; i < 10; i++) assert.deepEqual(recognised(outer).embedded, []);
    assert.ok((performance.now() - started) / 10 < 5, "it was parsed");
  });

  it("finds each of several values in a file", () => {
    const text = `services:\n  a:\n    environment:\n      PLUGINS: '${SHORT}'\n  b:\n    environment:\n    - PLUGINS=${SHORT}\n`;
    const { embedded } = recognised(parseText("file:///w/compose.yaml", text));
    assert.deepEqual(
      embedded.map(({ parsed }) => parsed.document.positionAt(0).line),
      [3, 6],
    );
  });
});

/** The value as a file of its own, for comparison. */
function alone(text: string): Manifest {
  const settings = { ...DEFAULT_SETTINGS, associations: { "alone.json": "metaflow/plugins" } };
  const { manifest } = recognise(parseText("file:///w/alone.json", text), NO_WORKSPACE, settings);
  assert.ok(manifest);
  return manifest;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
