// Document links: every string whose kind leads to a file that exists, and every web address.

import type { DocumentLink } from "vscode-languageserver-types";
import { URI } from "vscode-uri";
import { kindOf } from "../kinds/index.js";
import { visitWithSchemas } from "../schema/visit.js";
import type { Manifest } from "../systems/system.js";
import type { ScalarNode } from "../text/node.js";
import { rangeOf } from "../text/parsed.js";

export function links(manifest: Manifest): DocumentLink[] {
  const found: DocumentLink[] = [];
  visitWithSchemas(manifest, ({ node, schemas }) => {
    if (node?.kind !== "scalar" || node.text === "" || node.style === "block") return;
    const range = rangeOf(manifest.parsed, content(node));
    if (/^https?:\/\/[^\s"]+$/.test(node.text)) {
      found.push({ range, target: node.text });
      return;
    }
    for (const schema of schemas) {
      const path = kindOf(manifest, schema)?.target?.({ manifest, schema, at: [], text: node.text, node });
      if (path === undefined) continue;
      found.push({ range, target: URI.file(path).toString(), tooltip: `Open ${node.text}` });
      return;
    }
  });
  return found;
}

/** The text inside the quotes. */
function content({ start, end, style }: ScalarNode): readonly [number, number] {
  return style === "plain" ? [start, end] : [start + 1, Math.max(start + 1, end - 1)];
}
