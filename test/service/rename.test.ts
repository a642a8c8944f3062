// A rename and the rename back give the same bytes, in every file, and a name that another has is refused.

import assert from "node:assert/strict";
import { createLanguageService } from "../../server/service/index.js";
import { type Fixture, readFixture } from "../harness/fixture.js";
import { openedAt, preparedAt, renamed, withLineEnds } from "../harness/renaming.js";

const service = createLanguageService();

const BUNTIME = `x
>>> plugins/store/manifest.yaml
name: "store"   # quoted
version: "1.0.0"
base: /store
pluginEntry: plugin.js
menus:
  - { title: All, icon: "lucide:list", path: '/store/all' }
>>> plugins/notes/manifest.yaml
name: notes
version: "1.0.0"
base: /notes
pluginEntry: plugin.js
dependencies: [ 'store', search ]
optionalDependencies:
  - "store"
>>> plugins/search/manifest.yaml
name: search
version: "1.0.0"
base: /search
pluginEntry: plugin.js
`;
const PAGE = (name: string, entrypoint: string) =>
  `{ "name": "${name}", "version": "1", "entrypoint": "${entrypoint}", "slot": "header" }\n`;
const METAFLOW = `x
>>> plugins/installed/notes/manifest.json
${PAGE("Run notes", "index.html")}>>> plugins/installed/copy/manifest.json
${PAGE("Copy", "../Run notes/index.html")}>>> config.plugins.json
{ "notes": {}, "copy": {} }
`;

const CASES = [
  { source: BUNTIME, at: 'store"   #', names: ["shelf", "@example/shelf", "a.b-c_1"], taken: ["search", "notes"] },
  { source: BUNTIME, at: "/store\n", names: ["/shelf"], taken: ["/notes"] },
  { source: METAFLOW, at: "Run notes", names: ["Notes", "a 'b' 5 %", "Läufe & mehr"], taken: ["Copy"] },
];

describe("rename", () => {
  for (const { source, at, names, taken } of CASES) {
    for (const eol of ["\n", "\r\n"] as const) {
      const way = eol === "\n" ? "" : " (CRLF)";
      for (const name of names) {
        it(`${at.trim()} to ${name} and back${way}`, () => {
          const before = withLineEnds(readFixture(source), eol);
          const old = placeholder(before, at.replace(/\n$/, eol));
          const after = renamed(service, before, at.replace(/\n$/, eol), name);
          assert.notDeepEqual(texts(after), texts(before));
          const back = renamed(service, after, written(after, before), old);
          assert.deepEqual(texts(back), texts(before));
        });
      }
    }
    for (const name of taken) {
      it(`${at.trim()} to ${name}, which another has, is refused`, () => {
        const { manifest, position } = openedAt(readFixture(source), at);
        const answer = service.rename(manifest, position, name);
        assert.ok("refused" in answer && answer.refused.includes("is taken by"), JSON.stringify(answer));
      });
    }
    it(`${at.trim()} to what it is called already is no clash`, () => {
      const fixture = readFixture(source);
      assert.deepEqual(texts(renamed(service, fixture, at, placeholder(fixture, at))), texts(fixture));
    });
  }
});

const texts = ({ files }: Fixture) => files.map(({ text }) => text);

function placeholder(fixture: Fixture, at: string): string {
  const { manifest, position } = openedAt(fixture, at);
  return preparedAt(service, manifest, position).placeholder;
}

/** What stands in the first file at the first place where it differs. */
function written(after: Fixture, before: Fixture): string {
  const [now = "", then = ""] = [texts(after)[0], texts(before)[0]];
  let at = 0;
  while (now[at] === then[at]) at++;
  return now.slice(at);
}
