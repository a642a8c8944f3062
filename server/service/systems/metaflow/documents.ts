// The two kinds of JSON document of Metaflow UI, by their names: a plugin's manifest.json and the PLUGINS value. Whose a file
// is, is decided in recogniseManifest.ts and recognisePlugins.ts.

import { setsVariables, usuallySetsVariables, VARIABLE_GLOBS } from "../../embedded/variables.js";
import { basename } from "../../text/paths.js";
import type { Reading } from "../../text/reading.js";
import type { DocumentHead } from "../late.js";
import { pluginsIn } from "./carriers.js";

const reading: Reading = { dialect: "json", nullIsAbsent: "never", anyCase: false };

export const documents: readonly DocumentHead[] = [
  {
    id: "manifest",
    title: "Metaflow UI manifest.json",
    reading,
    globs: ["**/manifest.json"],
    fits: (path) => basename(path) === "manifest.json",
  },
  {
    id: "plugins",
    title: "Metaflow UI PLUGINS value",
    members: "pairs",
    reading,
    globs: ["**/plugins.json", "**/*.plugins.json", "**/PLUGINS.json"],
    fits: (path) => /^(plugins|PLUGINS|.+\.plugins)\.json$/.test(basename(path)),
    embedded: {
      globs: VARIABLE_GLOBS,
      fits: setsVariables,
      isUsual: usuallySetsVariables,
      find: pluginsIn,
    },
  },
];
