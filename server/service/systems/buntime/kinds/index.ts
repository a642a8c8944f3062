// The kinds of string that only Buntime's manifests have.

import type { System } from "../../system.js";
import { dependencyName } from "./dependencyName.js";
import { icon } from "./icon.js";
import { menuPath } from "./menuPath.js";
import { pluginName } from "./pluginName.js";
import { routeBase } from "./routeBase.js";

export const kinds: NonNullable<System["kinds"]> = { dependencyName, icon, menuPath, pluginName, routeBase };
