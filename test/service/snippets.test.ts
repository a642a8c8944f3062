// Every snippet of snippets/<system>.json, put where it belongs: the file parses, the schema has nothing against it, and
// the file's own indentation is kept.

import assert from "node:assert/strict";
import fs from "node:fs";
import { URI } from "vscode-uri";
import {
  createDiagnose,
  createLanguageService,
  DEFAULT_SETTINGS,
  type Manifest,
  parseText,
  recognise,
  SYSTEMS,
} from "../../server/service/index.js";
import { NO_WORKSPACE } from "../../server/service/systems/facts.js";
import { snippetsFrom } from "../../server/service/systems/snippets.js";
import type { Snippet } from "../../server/service/systems/system.js";
import { accept } from "../harness/accept.js";
import { fromRoot } from "../harness/root.js";

const service = createLanguageService();
const diagnose = createDiagnose();
/** Codes that the generic stages give; what a system's own rules say of made-up names is not the snippet's fault. */
const GENERIC = /\/(syntax|unknown-field|wrong-type|bad-value|duplicate-key|deprecated)$/;

describe("snippets", () => {
  for (const system of SYSTEMS) {
    const data = JSON.parse(fs.readFileSync(fromRoot("snippets", `${system.id}.json`), "utf8"));
    for (const snippet of snippetsFrom(data)) {
      it(`${system.id}: ${snippet.title}`, () => {
        for (const [text, offset] of placesFor(snippet)) {
          const manifest = open(snippet, text);
          const item = service
            .complete(manifest, manifest.parsed.document.positionAt(offset))
            .items.find(
              ({ label, labelDetails }) => label === snippet.prefix && labelDetails?.description === snippet.title,
            );
          assert.ok(item, `not offered in ${JSON.stringify(text)}`);
          const after = accept(manifest.parsed.document, item);
          const problems = diagnose(open(snippet, after)).filter(({ code }) => GENERIC.test(code));
          assert.deepEqual(
            problems.filter(({ span }) => span[1] > offset).map(({ message }) => message),
            [],
            after,
          );
          if (/^ {4}\S/m.test(text) && !text.includes("{"))
            assert.doesNotMatch(after, /^ {1,3}\S/m, `not indented by four:\n${after}`);
        }
      });
    }
  }
});

function open({ document }: Snippet, text: string): Manifest {
  const [id = ""] = document.split("/");
  const system = SYSTEMS.find((one) => one.id === id);
  const kind = system?.documents.find((one) => document === `${one.id ? `${id}/${one.id}` : ""}`);
  const path = `/workspace/${FILES[document] ?? ""}`;
  assert.ok(system && kind && path, document);
  const settings = { ...DEFAULT_SETTINGS, associations: { [path]: document } };
  const { manifest } = recognise(parseText(URI.file(path).toString(), text), NO_WORKSPACE, settings);
  assert.ok(manifest);
  const snippets = snippetsFrom(JSON.parse(fs.readFileSync(fromRoot("snippets", `${id}.json`), "utf8")));
  return Object.defineProperties(Object.create(manifest), { system: { value: { ...system, snippets } } }) as Manifest;
}

const FILES: Readonly<Record<string, string>> = {
  "skypilot/plugins": "plugins.yaml",
  "skypilot/remote-plugins": "remote_plugins.yaml",
  "buntime/manifest": "manifest.yaml",
  "metaflow/manifest": "manifest.json",
  "metaflow/plugins": "plugins.json",
  "openjourney/kustomization": "kustomization.yaml",
};

/** A first field that shows four blanks a level. */
const SAMPLES = { openjourney: "metadata:\n    labels: {}\n", buntime: "publicRoutes:\n    GET: []\n" };

/** Texts with the offset at which the snippet is asked for: a small file, and one with four blanks a level. */
function placesFor({ document, at, slot, prefix }: Snippet): [string, number][] {
  if (slot === "file") return [["", 0]];
  const parts = at === "" ? [] : at.split(".");
  if (document.startsWith("metaflow/")) {
    const head = parts.map((part) => `{"${part === "*" ? "demo" : part}": `).join("");
    const text = `${head}{\n    \n}${"}".repeat(parts.length)}`;
    return [[text, text.indexOf("\n}")]];
  }
  const sample = Object.entries(SAMPLES).find(([key]) => document.startsWith(key))?.[1] ?? "";
  return [2, 4].map((step) => {
    let text = "";
    let column = 0;
    for (const [i, part] of parts.entries()) {
      if (part === "*") continue;
      text += `${part}:\n`;
      const isLast = i === parts.length - 1;
      column += step;
      text += " ".repeat(column);
      if (parts[i + 1] === "*") {
        text += "- ";
        column += 2;
      } else if (isLast && slot === "item") text += "- ";
    }
    const whole = step === 4 && !sample.startsWith(parts[0] ?? prefix) ? sample + text : text;
    return [whole, whole.length] as [string, number];
  });
}
