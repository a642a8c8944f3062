// What a row of a Metaflow UI host holds beside what all have.
import { type HostField, restartAbout } from "../hostFields.js";
import type { Asks } from "../index.js";

export const metaflowAsks: Asks = {
  address: {
    prompt: "Address of the page, or of the service behind it. The list of plugins is found by itself.",
    placeholder: "https://metaflow.example.org",
    isNeeded: false,
  },
  places: ["kubernetes", "directory"],
  cluster: ["context", "namespace", "selector", "container", "directory"],
};

export const metaflowFields: readonly HostField[] = [
  {
    key: "pluginsFile",
    takes: "path",
    isPlace: true,
    about:
      "Metaflow UI: the file that holds the PLUGINS value: config.plugins.json, a .env or compose file, a Dockerfile, a Kubernetes manifest or a shell script.",
    example: '"deploy/ui.env"',
  },
  {
    key: "restart",
    takes: "words",
    about: restartAbout,
    example: '["docker", "compose", "up", "-d", "ui"]',
  },
];
