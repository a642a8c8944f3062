// While someone types, only the edited member of a long list is judged again: each such rule must say of a member alone what
// it says of it among the others, and after any edit the problems of members must be those of a check of the whole.

import assert from "node:assert/strict";
import { createDiagnose, type Kept } from "../../server/service/features/diagnose.js";
import { alone } from "../../server/service/features/edit.js";
import { recognise } from "../../server/service/features/recognise.js";
import { manifestFrom } from "../../server/service/systems/manifest.js";
import type { Manifest, Rule } from "../../server/service/systems/system.js";
import type { MapNode, Node, Span } from "../../server/service/text/node.js";
import { versions } from "../../server/service/text/parsed.js";
import { Snapshot } from "../../server/service/text/snapshot.js";
import { editedTo } from "../harness/edits.js";
import { fixtureCases } from "../harness/fixtures.js";
import { randomFrom } from "../harness/random.js";
import { openFixture } from "../harness/workspace.js";

const withMembers = fixtureCases().flatMap(({ name, fixture }) => {
  const { manifest } = openFixture(fixture);
  return manifest?.kind.members && manifest.root?.kind === "map" ? [{ name, manifest, root: manifest.root }] : [];
});

describe("a member that is judged alone", function () {
  this.timeout(200_000);

  it("gets from each rule what it gets among the others", () => {
    assert.ok(withMembers.length > 100);
    for (const { name, manifest, root } of withMembers) {
      for (const rule of manifest.system.rules.filter(({ each }) => each)) {
        const all = said(rule, manifest);
        for (const { span, alone: only } of members(manifest, root)) {
          const isIn = ([start]: Span) => span[0] <= start && start <= span[1];
          const wanted = all.filter((one) => isIn(one.span)).map(({ words }) => words);
          const found = said(rule, manifestFrom(manifest, manifest.parsed, { root: only })).filter((one) =>
            isIn(one.span),
          );
          assert.deepEqual(
            found.map(({ words }) => words),
            wanted,
            `${rule.code} in ${name}`,
          );
        }
      }
    }
  });

  it("has after any edit the problems that a check of the whole finds", () => {
    const random = randomFrom(11);
    const diagnose = createDiagnose();
    let judged = 0;
    for (const { name, manifest } of withMembers.filter((_, index) => index % 3 === 0)) {
      if (manifest.parsed.embedding || manifest.parsed.tree.problems.length > 0) continue;
      const { workspace, settings, parsed } = manifest;
      const file = versions();
      const kept: Kept = {};
      let { text } = parsed;
      let document = new Snapshot(parsed.uri, parsed.document.languageId, 0, text);
      for (let version = 1; version < 5; version++) {
        const now = recognise(file.parse(document), workspace, settings).manifest;
        if (!now) break;
        const fresh: Kept = {};
        const problems = diagnose(now, {}, fresh);
        const edited = diagnose.edited(now, kept);
        if (edited) {
          judged++;
          assert.deepEqual(own(kept, now), own(fresh, now), `${name}:\n${text}`);
          const all = diagnose.across(now, kept)?.map(({ code, message }) => `${code} ${message}`);
          if (!/line \d/.test(JSON.stringify(problems)) && !hasHole(now.root))
            assert.deepEqual(
              all,
              problems.map(({ code, message }) => `${code} ${message}`),
            );
        }
        diagnose(now, {}, kept);
        assert.deepEqual(diagnose.edited(now, kept) ?? problems, problems, "without an edit nothing changes");
        const next = typed(text, random);
        document = editedTo(document, text, next, version);
        text = next;
      }
    }
    assert.ok(judged > 40, `only ${judged} edits were judged alone`);
  });
});

/** An entry without a value: what is wrong with it is told at the list's key, when all is checked. */
const hasHole = (root: Node | undefined): boolean =>
  root?.kind === "map" &&
  root.pairs.some(
    ({ value }) => value?.kind === "list" && value.items.some((item) => !item || item.start === item.end),
  );

/** Problems in members and of them alone; the number of a line may have become another. */
function own({ last }: Kept, manifest: Manifest): string[] {
  const spans = manifest.root?.kind === "map" ? members(manifest, manifest.root).map(({ span }) => span) : [];
  const isInside = ([at]: Span) => spans.some(([start, end]) => start <= at && at <= end);
  const found = last?.found.filter(({ each, problem }) => each && isInside(problem.span)) ?? [];
  return found
    .map(({ problem: { code, span, message } }) => `${span.join("-")} ${code} ${message.replace(/line \d+/g, "line")}`)
    .sort();
}

function said(rule: Rule, manifest: Manifest): { readonly span: Span; readonly words: string }[] {
  const found: { span: Span; words: string }[] = [];
  if (rule.documents && !rule.documents.includes(manifest.kind.id)) return found;
  rule.check?.(manifest, (where, message, { related = [], fixes = [] } = {}) => {
    const span = "start" in where ? ([where.start, where.end] as const) : where;
    found.push({ span, words: JSON.stringify([span, message, related, fixes]) });
  });
  return found.sort((a, b) => a.words.localeCompare(b.words));
}

/** Every member, with a root that holds it alone. */
function members(manifest: Manifest, root: MapNode): { span: Span; alone: Node }[] {
  const { kind, flow, start, end, pairs } = root;
  if (manifest.kind.members === "pairs")
    return pairs.map((pair) => ({ span: [pair.start, pair.end], alone: { kind, flow, start, end, pairs: [pair] } }));
  return pairs.flatMap(({ value }, index) => {
    const items = value?.kind === "list" ? value.items : [];
    return items.flatMap((item) =>
      item ? [{ span: [item.start, item.end] as const, alone: alone(root, index, [item]) }] : [],
    );
  });
}

function typed(text: string, random: () => number): string {
  const at = Math.floor(random() * (text.length + 1));
  const pieces = ["", "", "x", " ", ":", "-", "\n", "1", ".", "/", '"', "\n- a: b\n"];
  const piece = pieces[Math.floor(random() * pieces.length)] ?? "";
  return text.slice(0, at) + piece + text.slice(at + (piece === "" ? 1 : 0));
}
