// Aliases that stand for nothing: most are globs and schedules without quotes.

import { quotesFor, unknownAliases } from "../../aliases.js";
import type { Rule } from "../../system.js";

export const aliasRules: readonly Rule[] = [
  {
    code: "buntime/unknown-alias",
    severity: "error",
    title: "an alias without its anchor",
    host: 'Bun\'s YAML reader refuses the file ("Unresolved alias", Bun 1.3.12): the loader logs a warning and ignores the folder, an upload of it is refused. A text that begins with * is an alias to YAML.',
    wrong: "publicRoutes: [*.css]",
    right: 'publicRoutes: ["*.css"]',
    fix: "put the text in quotes, or write the anchor (&name) before it",
    check(manifest, report) {
      for (const alias of unknownAliases(manifest))
        report(
          alias,
          `there is no anchor "&${alias.name}" before this alias, so the host can't read the manifest and ignores the folder; put the text in quotes or write the anchor`,
          { fixes: quotesFor(alias) },
        );
    },
  },
];
