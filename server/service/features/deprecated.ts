// Fields that the schema marks with `deprecationMessage`: told at the key, struck through by the editor.

import type { JsonSchema } from "../schema/jsonSchema.js";
import { visitWithSchemas } from "../schema/visit.js";
import { isNullIn } from "../schema/walk.js";
import type { Problem } from "../systems/problem.js";
import type { Manifest } from "../systems/system.js";
import { hasKey, type Node, spanOf } from "../text/node.js";
import { remember } from "../text/remember.js";

export function deprecatedFields(manifest: Manifest): Problem[] {
  const { system } = manifest;
  const { reading } = manifest.kind;
  const problems: Problem[] = [];
  if (!mayBeDeprecated(manifest.root, manifest.schema)) return problems;
  visitWithSchemas(manifest, ({ pair, name, schemas }) => {
    const schema = schemas.find((one) => one.deprecationMessage !== undefined);
    if (!pair?.key || !schema) return;
    if (reading.nullIsAbsent === "everywhere" && isNullIn(reading, pair.value)) return;
    problems.push({ ...words(schema), span: spanOf(pair.key), tags: ["deprecated"] });

    function words({
      deprecationMessage = "",
      "x-problem": own,
    }: JsonSchema): Pick<Problem, "code" | "severity" | "message"> {
      const code = own?.deprecated?.code ?? `${system.id}/deprecated`;
      const severity = own?.deprecated?.severity ?? system.rules.find((rule) => rule.code === code)?.severity ?? "hint";
      const message = own?.deprecated?.message ?? `"${name}" is deprecated: ${deprecationMessage}`;
      return { code, severity, message };
    }
  });
  return problems;
}

/** A quick look over all keys, without their places in the schema: most files need no closer one. */
function mayBeDeprecated(root: Node | undefined, schema: JsonSchema): boolean {
  const names = deprecatedIn(schema);
  return names.size > 0 && root !== undefined && hasKey(root, (key) => names.has(key.toLowerCase()));
}

/** Names of deprecated fields anywhere in a schema, in small letters. */
const deprecatedIn = remember((schema: JsonSchema): ReadonlySet<string> => {
  const names = new Set<string>();
  const open: unknown[] = [schema];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    if (typeof part !== "object" || part === null) continue;
    const { properties = {} } = part as JsonSchema;
    for (const [name, { deprecationMessage }] of Object.entries(properties))
      if (deprecationMessage !== undefined) names.add(name.toLowerCase());
    open.push(...Object.values(part));
  }
  return names;
});
