// The documents of Buntime, by their names: the manifest of a plugin, and the JSON manifest of old, which is known only to be
// reported.

import { basename } from "../../text/paths.js";
import type { DocumentHead } from "../late.js";

export const documents: readonly DocumentHead[] = [
  {
    id: "manifest",
    title: "Buntime plugin manifest",
    reading: { dialect: "yaml-1.2", nullIsAbsent: "never", anyCase: false },
    globs: ["**/manifest.yaml", "**/manifest.yml", "**/Manifest.yaml", "**/MANIFEST.yaml"],
    fits: (path) => /^manifest\.ya?ml$/i.test(basename(path)),
  },
  {
    id: "old-manifest",
    title: "Buntime plugin manifest of old",
    reading: { dialect: "json", nullIsAbsent: "never", anyCase: false },
    globs: ["**/manifest.json"],
    fits: (path) => basename(path) === "manifest.json",
  },
];
