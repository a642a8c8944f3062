// Which files SkyPilot reads, by their names, and how PyYAML reads them.

import { basename } from "../../text/paths.js";
import type { Reading } from "../../text/reading.js";
import type { DocumentHead } from "../late.js";

const reading: Reading = { dialect: "pyyaml", nullIsAbsent: "top", anyCase: false };

export const documents: readonly DocumentHead[] = [
  {
    id: "plugins",
    title: "SkyPilot plugins.yaml",
    reading,
    members: "items",
    globs: ["**/plugins.yaml", "**/plugins.yml"],
    fits: (path) => /^plugins\.ya?ml$/.test(basename(path)),
  },
  {
    id: "remote-plugins",
    title: "SkyPilot remote_plugins.yaml",
    reading,
    members: "items",
    globs: ["**/remote_plugins.yaml", "**/remote_plugins.yml"],
    fits: (path) => /^remote_plugins\.ya?ml$/.test(basename(path)),
  },
];
