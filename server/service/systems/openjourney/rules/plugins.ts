// Objects behind generators, transformers and validators, in files or inline: kustomize's own plugins are judged by kind and
// shape; of plugins of others nothing is said.

import type { MapNode, Node, Span } from "../../../text/node.js";
import { keyText, spanOf } from "../../../text/node.js";
import type { Parsed } from "../../../text/parsed.js";
import type { Manifest, Report, Rule } from "../../system.js";
import { buildOf } from "../model/build.js";
import { keyOf } from "../model/identity.js";
import { spanInside } from "../model/inline.js";
import { parsedFile } from "../model/kustomization.js";
import { type KubeObject, objectsOf, plain } from "../model/objects.js";
import { placesIn } from "../model/placed.js";
import { inlinePlugin } from "../model/pluginSources.js";
import { GENERATORS, TRANSFORMERS, wrongPlugin } from "../model/plugins.js";
import { scalarOf, spotIn, stringsOf } from "../model/reading.js";
import { isInline } from "../model/references.js";

export const pluginObjectRules: readonly Rule[] = [
  {
    code: "openjourney/plugin-kind",
    severity: "error",
    title: "a built-in plugin that kustomize doesn't have, or can't configure",
    host: "Objects of apiVersion builtin in generators, transformers and validators (files, inline texts and folders) need a known kind and metadata.name; a generator can't stand under transformers. Their fields must have the types that kustomize decodes; unknown ones are ignored.",
    fix: "correct the kind or the field, or move the entry to the other list",
    check(manifest, report) {
      for (const field of ["generators", "transformers", "validators"]) {
        const seen = new Set<string>();
        for (const source of sourcesOf(manifest, field)) judge(source, field, seen, report);
      }
    },
  },
];

/** A text with objects, and the way from its places to those of the manifest. */
interface Source {
  readonly parsed: Parsed;
  readonly isInline: boolean;
  /** Where only some of its objects are meant. */
  readonly objects?: readonly KubeObject[];
  at(inner: Span): Span;
}

function sourcesOf(manifest: Manifest, field: string): Source[] {
  const inline = stringsOf(manifest.root, field)
    .filter(({ text }) => isInline(text))
    .map(({ node, text }) => inlineSource(manifest, node, text));
  const files = placesIn(manifest, field).flatMap(({ reference, place }): Source[] => {
    const parsed = place.is === "file" ? parsedFile(place.path, manifest.workspace.files) : undefined;
    return parsed ? [{ parsed, isInline: false, at: () => reference.span }] : [];
  });
  return [...inline, ...files, ...folderSources(manifest, field)];
}

/** What a folder with a kustomization brings unchanged; its own mistakes are told as those of a base. */
function folderSources(manifest: Manifest, field: string): Source[] {
  const folders = placesIn(manifest, field).filter(({ place }) => place.is === "folder");
  return folders.flatMap(({ reference: { node, span } }) =>
    buildOf(manifest)
      .pluginSources.filter((source) => source.node === node)
      .map(({ parsed, objects }): Source => ({ parsed, isInline: false, objects, at: () => span })),
  );
}

function inlineSource({ parsed }: Manifest, node: Node, text: string): Source {
  const scalar = scalarOf(node);
  return {
    parsed: inlinePlugin(text),
    isInline: true,
    at: (inner) => (scalar && spanInside(scalar, parsed.text, inner)) ?? spanOf(spotIn(node)),
  };
}

function judge(source: Source, field: string, seen: Set<string>, report: Report): void {
  const { objects, flaws, late } = source.objects
    ? { objects: source.objects, flaws: [], late: [] }
    : objectsOf(source.parsed);
  const { path } = source.parsed;
  const tell = (span: Span, message: string) =>
    report(
      source.at(span),
      message,
      source.isInline || path === undefined ? {} : { related: [{ message, path, span }] },
    );
  const [wrong] = flaws;
  if (wrong) {
    const what = source.isInline ? "this text" : "the file";
    tell(wrong.span, `kustomize takes ${what} for no object: ${wrong.why}; correct it`);
    return;
  }
  const [later] = late;
  if (later) tell(later.span, `kustomize can't take this for a plugin: ${later.why}; correct it`);
  for (const object of objects) {
    const key = keyOf(object.id);
    if (seen.has(key)) tell(object.span, `${object.id.kind} "${object.id.name}" stands twice; rename one of them`);
    seen.add(key);
    judgeObject(object, field, tell);
  }
}

function judgeObject({ node, id }: KubeObject, field: string, tell: (span: Span, message: string) => void): void {
  const { kind } = id;
  const isGenerator = kind in GENERATORS;
  const isKnown = isGenerator || kind in TRANSFORMERS;
  const apiVersion = plain(node, "apiVersion");
  if (apiVersion !== "builtin") {
    // A kind of this name in nobody's group is no plugin of others.
    if (isKnown && !apiVersion.includes("/"))
      tell(spanOfKey(node, "apiVersion"), `for kustomize's own ${kind} write "apiVersion: builtin"`);
    return;
  }
  if (!isKnown) tell(spanOfKey(node, "kind"), `kustomize has no built-in "${kind}"; correct the kind`);
  else if ((field === "generators") !== isGenerator)
    tell(
      spanOfKey(node, "kind"),
      `"${kind}" can't stand under "${field}"; move it to "${isGenerator ? "generators" : "transformers"}"`,
    );
  else {
    const wrong = wrongPlugin(kind, node);
    if (wrong) tell(wrong.span, `kustomize can't configure this ${kind}: ${wrong.why}; correct it`);
  }
}

function spanOfKey(map: MapNode, name: string): Span {
  const pair = map.pairs.find((one) => keyText(one) === name) ?? map.pairs[0];
  return pair?.key ? spanOf(pair.key) : spanOf(spotIn(map));
}
