// OpenJourney Server plugins: kustomization files, wherever they stand, and the plugin folders around them.

import { systemOf } from "../late.js";
import { documents } from "./documents.js";
import { knowledge } from "./knowledge.js";

export const openjourney = systemOf({ id: "openjourney", title: "OpenJourney", documents }, knowledge);
