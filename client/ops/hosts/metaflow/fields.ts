// What a row of a Metaflow UI host holds beside what all have.
import type { HostField } from "../hostFields.js";

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
    about:
      "Metaflow UI: the program, with its arguments, that restarts the service so that it reads its plugins anew. In a cluster it is not needed.",
    example: '["docker", "compose", "restart", "ui"]',
  },
];
