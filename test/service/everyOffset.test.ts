// At every offset of every fixture, and at the end of every prefix of it: no feature throws, and accepting any completion
// brings no new syntax problem.

import assert from "node:assert/strict";
import type { CompletionItem } from "vscode-languageserver-types";
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
const stepsOf = (name: string) => (/^(editing|guides|syntax)\//.test(name) ? 160 : 8);

describe("every offset", function () {
  this.timeout(60_000);
  for (const { name, fixture } of fixtureCases()) {
    const opened = openFixture(fixture);
    if (!opened.manifest) continue;
    it(name, () => {
      const text = fixture.files[0]?.text ?? "";
      const step = Math.max(1, Math.ceil(text.length / stepsOf(name)));
      for (let offset = 0; offset <= text.length; offset += step) {
        for (const one of [text, text.slice(0, offset)]) tryAll(fixture, one, offset, opened.workspace);
      }
    });
  }
});

function tryAll(fixture: Fixture, text: string, offset: number, workspace: Workspace): void {
  const uri = URI.file(fixture.files[0]?.path ?? "/x").toString();
  const parsed = parseText(uri, text);
  const { manifest } = recognise(parsed, workspace, { ...DEFAULT_SETTINGS, ...fixture.settings });
  if (!manifest) return;
  const position = parsed.document.positionAt(offset);
  service.hover(manifest, position);
  if (text.length === offset) {
    service.diagnose(manifest);
    service.symbols(manifest);
    service.folding(manifest);
    service.links(manifest);
  }
  const before = parsed.tree.problems.length;
  for (const item of service.complete(manifest, position).items) accepted(manifest, item, before, offset);
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
