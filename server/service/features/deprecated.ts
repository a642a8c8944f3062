// Fields that the schema marks with `deprecationMessage`: told at the key, struck through by the editor.

import type { JsonSchema } from "../schema/jsonSchema.js";
import { visitWithSchemas } from "../schema/visit.js";
import { isNullIn } from "../schema/walk.js";
import type { Problem } from "../systems/problem.js";
import type { Manifest } from "../systems/system.js";
import { spanOf } from "../text/node.js";

export function deprecatedFields(manifest: Manifest): Problem[] {
  const { system } = manifest;
  const { reading } = manifest.kind;
  const problems: Problem[] = [];
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
