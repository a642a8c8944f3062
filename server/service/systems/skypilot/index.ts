// SkyPilot API server plugins: plugins.yaml and remote_plugins.yaml.

import { systemOf } from "../late.js";
import { documents } from "./documents.js";
import { knowledge } from "./knowledge.js";

export const skypilot = systemOf({ id: "skypilot", title: "SkyPilot", documents, neighbours: ["**/*.py"] }, knowledge);
