// The table of systems is complete: each has schemas, snippets, fixtures, an adapter row, a guide and documented rules.

import assert from "node:assert/strict";
import fs from "node:fs";
import { adapters } from "../../client/ops/index.js";
import {
  createValidator,
  DEFAULT_SETTINGS,
  FORMATS,
  type JsonSchema,
  parseText,
  SYSTEMS,
} from "../../server/service/index.js";
import { fromRoot } from "../harness/root.js";
import { projectFiles, read } from "./sources.js";

const files = projectFiles();

describe("systems", () => {
  for (const system of SYSTEMS) {
    describe(system.id, () => {
      it("has a schema per document that compiles under ajv's strict mode and is shipped as data", () => {
        for (const kind of system.documents) {
          const schema = kind.schema({ parsed: parseText("untitled:x", ""), settings: DEFAULT_SETTINGS });
          createValidator().validate(schema, null);
          assert.match(schema.$id ?? "", new RegExp(`^plugsmith:${system.id}-`));
        }
        assert.ok(files.some((name) => name.startsWith(`schemas/${system.id}-`)));
      });
      it("describes every property, and names only kinds of string that exist", () => {
        for (const name of files.filter((one) => one.startsWith(`schemas/${system.id}-`)))
          walk(JSON.parse(read(name)), name);
      });
      it("has snippets", () =>
        assert.ok(fs.existsSync(fromRoot("snippets", `${system.id}.json`)) && (system.snippets ?? []).length > 0));
      it("has fixtures", () =>
        assert.ok(files.filter((name) => name.startsWith(`test/fixtures/${system.id}/`)).length >= 10));
      it("has an adapter row", () => assert.ok(adapters.some((row) => row.system === system.id)));
      it("says what a host makes of a manifest, and has a preview that shows it", () => {
        assert.ok(system.preview);
        const rows = files.filter((name) => /^client\/preview\/[\w/]+\.ts$/.test(name)).map(read);
        assert.equal(rows.filter((text) => text.includes(`  system: "${system.id}",`)).length, 1);
      });
      it("has a guide", () => assert.ok(fs.existsSync(fromRoot("docs", `${system.id}.md`))));
      it("has an example", () => assert.ok(files.some((name) => name.startsWith(`examples/${system.id}/`))));
      it("has one row per code, and its rows are complete", () => {
        const codes = system.rules.map(({ code }) => code);
        assert.deepEqual(codes, [...new Set(codes)]);
        for (const { code, title, host, fix } of system.rules) {
          assert.match(code, new RegExp(`^${system.id}/[a-z0-9]+(-[a-z0-9]+)*$`));
          for (const text of [title, host, fix]) assert.ok(text.length > 8, `${code} lacks words`);
          assert.doesNotMatch(`${title}\n${fix}`, /\w\.$/m, `${code} ends like a sentence`);
        }
      });
      it("has a row for every code that its schemas report", () => {
        const codes = new Set(system.rules.map(({ code }) => code));
        const reported = files
          .filter((name) => name.startsWith(`schemas/${system.id}-`))
          .flatMap((name) => [...read(name).matchAll(/"code":\s*"([^"]+)"/g)].map((match) => match[1] ?? ""));
        assert.deepEqual(
          [...new Set(reported)].filter((code) => !codes.has(code)),
          [],
        );
      });
    });
  }

  it("are named nowhere in the shared code", () => {
    const ids = new RegExp(`["'\`](${SYSTEMS.map(({ id }) => id).join("|")})["'\`/]`);
    const shared = files.filter((name) =>
      /^server\/(service\/(text|schema|features|kinds)|lsp|workspace)\/.*\.ts$/.test(name),
    );
    assert.deepEqual(
      shared.filter((name) => ids.test(read(name))),
      [],
    );
  });
});

function walk(schema: JsonSchema, where: string): void {
  if (schema.format !== undefined)
    assert.ok((FORMATS as readonly string[]).includes(schema.format), `${where}: unknown format ${schema.format}`);
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const isConstraint = /\.(allOf|anyOf|if|then|else|not)\b/.test(where);
    if (!isConstraint) assert.ok(property.description ?? property.$ref, `${where}.${name} has no description`);
    walk(property, `${where}.${name}`);
  }
  for (const [name, one] of Object.entries(schema.definitions ?? {})) walk(one, `${where}#${name}`);
  for (const part of ["allOf", "anyOf"] as const) for (const one of schema[part] ?? []) walk(one, `${where}.${part}`);
  if (schema.items) walk(schema.items, `${where}[]`);
  if (typeof schema.additionalProperties === "object") walk(schema.additionalProperties, `${where}.*`);
}
