// Which files SkyPilot reads, by their names, and how PyYAML reads them.

import { generatedFile } from "../../embedded/generatedFile.js";
import { holdsFiles, valuesOfFile } from "../../embedded/variables.js";
import { basename } from "../../text/paths.js";
import type { Reading } from "../../text/reading.js";
import type { DocumentHead } from "../late.js";

const reading: Reading = { dialect: "pyyaml", nullIsAbsent: "top", anyCase: false };

/** Where a release of the Helm chart has them: in a ConfigMap that is mounted into the server's pod, or in a file that becomes one. */
const inConfigMap = (file: string): NonNullable<DocumentHead["embedded"]> => ({
  globs: ["**/*.yaml", "**/*.yml", "**/*.json"],
  fits: holdsFiles,
  isUsual: (path) => holdsFiles(path) && /sky|config-?map|plugins/i.test(basename(path)),
  find: (outer, files) => [...valuesOfFile(outer, file), ...generatedFile(outer, file, files)],
});

export const documents: readonly DocumentHead[] = [
  {
    id: "plugins",
    title: "SkyPilot plugins.yaml",
    reading,
    members: "items",
    globs: ["**/plugins.yaml", "**/plugins.yml"],
    fits: (path) => /^plugins\.ya?ml$/.test(basename(path)),
    embedded: inConfigMap("plugins.yaml"),
  },
  {
    id: "remote-plugins",
    title: "SkyPilot remote_plugins.yaml",
    reading,
    members: "items",
    globs: ["**/remote_plugins.yaml", "**/remote_plugins.yml"],
    fits: (path) => /^remote_plugins\.ya?ml$/.test(basename(path)),
    embedded: inConfigMap("remote_plugins.yaml"),
  },
];
