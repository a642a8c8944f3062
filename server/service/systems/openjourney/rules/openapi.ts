// The OpenAPI data that merges go by: a version that is built in, or a file.

import { spanOf } from "../../../text/node.js";
import type { Fix, Problem } from "../../problem.js";
import { removeField } from "../../removal.js";
import type { Manifest, Misfit, Rule } from "../../system.js";
import { lineEnd, lineStart } from "../fixes/lines.js";
import { patchesThatAre } from "../model/patchesByKind.js";
import { mapOf, pairOf } from "../model/reading.js";
import { filesOf } from "./files.js";

export const openapiRules: readonly Rule[] = [
  {
    code: "openjourney/openapi-broken",
    severity: "warning",
    title: "the openapi file can't be read",
    host: "kustomize parses it only when a merge needs it, and crashes then.",
    fix: "name an OpenAPI document",
    check(manifest, report) {
      for (const { reference, root, isEmpty, isBrokenJson } of filesOf(manifest, "openapi.path")) {
        if (!isEmpty && !isBrokenJson && mapOf(root)) continue;
        const isNeeded = patchesThatAre(manifest, "merge").length > 0;
        report(
          reference.span,
          isNeeded
            ? `"${reference.text}" is no OpenAPI document and makes kustomize crash, as merge patches need it; mend it`
            : `"${reference.text}" is no OpenAPI document; kustomize crashes as soon as a merge needs it`,
          { severity: isNeeded ? "error" : "warning" },
        );
      }
    },
  },
  {
    code: "openjourney/openapi-key",
    severity: "warning",
    title: "an unknown key of openapi",
    host: "kustomize ignores it; it knows version and path.",
    fix: "write version or path",
    refine: withoutIt,
  },
  {
    code: "openjourney/openapi-version",
    severity: "error",
    title: "an OpenAPI version that isn't built in",
    host: "kustomize 5.5.0 has v1.21.2 alone.",
    fix: "write v1.21.2, or leave openapi out",
  },
  {
    code: "openjourney/openapi-both",
    severity: "error",
    title: "openapi with version and path",
    host: '"builtin version and custom schema provided, cannot use both".',
    wrong: "openapi:\n  version: v1.21.2\n  path: schema.json",
    right: "openapi:\n  path: schema.json",
    fix: "keep one of them",
    refine: refineBoth,
  },
];

/** What has no effect goes, unless it is nearly a key that has one. */
export function withoutIt(manifest: Manifest, { place, problem }: Misfit): Problem {
  return problem.fixes?.length ? problem : { ...problem, fixes: removeField(manifest, place.pair) };
}

/** At the version: without it the file alone counts. */
function refineBoth(manifest: Manifest, { place, problem }: Misfit): Problem {
  const [version, path] = ["version", "path"].map((name) => pairOf(place.node, name));
  if (!version?.key || !path?.key) return problem;
  const related = [{ message: "the file is named here", span: spanOf(path.key) }];
  return { ...problem, span: spanOf(version.key), related, fixes: withoutLine(manifest, version) };
}

function withoutLine(
  { parsed: { text } }: Manifest,
  { start, end }: { readonly start: number; readonly end: number },
): Fix[] {
  const span = [lineStart(text, start), lineEnd(text, end)] as const;
  const isAlone = text.slice(span[0], start).trim() === "" && /^\s*(#.*)?$/.test(text.slice(end, span[1]).trimEnd());
  return isAlone ? [{ title: 'Remove "version"', edits: [{ span, newText: "" }] }] : [];
}
