// At every offset of every fixture, and at the end of every prefix of it: no feature throws, and accepting any completion
// brings no new syntax problem.

import assert from "node:assert/strict";
import type { CompletionItem, Position } from "vscode-languageserver-types";
import { URI } from "vscode-uri";
import {
  createLanguageService,
  DEFAULT_SETTINGS,
  type Manifest,
  parseText,
  recognise,
  type Workspace,
} from "../../server/service/index.js";
import { accept } from "../harness/accept.js";
import type { Fixture } from "../harness/fixture.js";
import { fixtureCases } from "../harness/fixtures.js";
import { openFixture } from "../harness/workspace.js";

const service = createLanguageService();
/** Offsets looked at in each fixture: all of those made for it, a few of the rules' many. */
const stepsOf = (name: string) => (/^(editing|guides|syntax|navigation)\//.test(name) ? 80 : 6);
/** Completions that are accepted at one offset; which of them depends on the offset, so that each has its turn. */
const ACCEPTED = 10;
/** At each of so many offsets the places, names and views are asked for as well: they are made of the whole manifest. */
const NAVIGATED = 3;

describe("every offset", function () {
  this.timeout(60_000);
  for (const { name, fixture } of fixtureCases()) {
    const opened = openFixture(fixture);
    if (!opened.manifest) continue;
    it(name, () => {
      const text = fixture.files[0]?.text ?? "";
      const step = Math.max(1, Math.ceil(text.length / stepsOf(name)));
      for (let offset = 0, turn = 0; offset <= text.length; offset += step, turn++) {
        for (const one of [text, text.slice(0, offset)]) tryAll({ fixture, text: one, offset, turn, ...opened });
      }
    });
  }
});

interface Try {
  readonly fixture: Fixture;
  readonly text: string;
  readonly offset: number;
  readonly turn: number;
  readonly workspace: Workspace;
}

function tryAll({ fixture, text, offset, turn, workspace }: Try): void {
  const uri = URI.file(fixture.files[0]?.path ?? "/x").toString();
  const parsed = parseText(uri, text);
  const { manifest } = recognise(parsed, workspace, { ...DEFAULT_SETTINGS, ...fixture.settings });
  if (!manifest) return;
  const position = parsed.document.positionAt(offset);
  service.hover(manifest, position);
  if (turn % NAVIGATED === 0) navigate(manifest, position);
  if (text.length === offset) {
    service.diagnose(manifest);
    service.symbols(manifest);
    service.folding(manifest);
    service.links(manifest);
  }
  const before = parsed.tree.problems.length;
  const { items } = service.complete(manifest, position);
  const every = Math.ceil(items.length / ACCEPTED);
  for (const [at, item] of items.entries()) {
    if ((at + turn) % every === 0) accepted(manifest, item, before, offset);
  }
}

function navigate(manifest: Manifest, position: Position): void {
  service.definition(manifest, position);
  service.references(manifest, position, true);
  service.highlights(manifest, position);
  service.prepareRename(manifest, position);
  service.rename(manifest, position, "renamed");
  service.prepareHierarchy(manifest, position);
  service.lenses(manifest);
  service.hints(manifest);
}

function accepted(manifest: Manifest, item: CompletionItem, before: number, offset: number): void {
  const after = accept(manifest.parsed.document, item);
  const { problems } = parseText(manifest.parsed.uri, after).tree;
  if (problems.length <= before) return;
  const { text } = manifest.parsed;
  const at = JSON.stringify(`${text.slice(Math.max(0, offset - 60), offset)}|${text.slice(offset, offset + 40)}`);
  assert.fail(
    `${item.label} (${JSON.stringify(item.textEdit?.newText)}) at ${at}: ${problems[0]?.message}\n---\n${after}`,
  );
}
