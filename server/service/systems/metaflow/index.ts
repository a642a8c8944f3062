// Metaflow UI plugins: manifest.json of a plugin, and the PLUGINS JSON that registers plugins.

import { systemOf } from "../late.js";
import { documents } from "./documents.js";
import { knowledge } from "./knowledge.js";

export const metaflow = systemOf({ id: "metaflow", title: "Metaflow UI", documents }, knowledge);
