// What a row of a SkyPilot host holds beside what all have.
import { type HostField, restartAbout } from "../hostFields.js";
import type { Asks } from "../index.js";

export const skypilotAsks: Asks = {
  address: {
    prompt: "Address of the API server, without /dashboard.",
    placeholder: "http://127.0.0.1:46580",
    isNeeded: false,
  },
  places: ["kubernetes", "directory"],
  cluster: ["context", "namespace", "selector", "container", "directory"],
};

export const skypilotFields: readonly HostField[] = [
  {
    key: "python",
    takes: "path",
    about:
      "SkyPilot: the Python that runs the API server, which plugins are installed into; where nothing is set, the one that the program sky runs with.",
    example: '"~/sky/bin/python"',
  },
  {
    key: "restart",
    takes: "words",
    about: restartAbout,
    example: '["systemctl", "--user", "restart", "skypilot"]',
  },
  {
    key: "configMap",
    takes: "text",
    about:
      "SkyPilot: the ConfigMap that holds plugins.yaml, remote_plugins.yaml and the wheels in a cluster; RELEASE-plugins where nothing is set.",
    example: '"skypilot-plugins"',
  },
  {
    key: "uninstall",
    takes: "text",
    about:
      "SkyPilot: whether removing a plugin also uninstalls its package from the server's Python. It stays installed, and is not loaded, where nothing is set.",
    example: '"yes"',
  },
];
