// Buntime plugins: manifest.yaml or manifest.yml at the top of a plugin folder.

import { systemOf } from "../late.js";
import { documents } from "./documents.js";
import { knowledge } from "./knowledge.js";

export const buntime = systemOf({ id: "buntime", title: "Buntime", documents }, knowledge);
