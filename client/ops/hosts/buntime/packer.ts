// Packing a Buntime plugin: one archive of its folder, judged by its manifest, its entry and its fields.

import { readdir } from "node:fs/promises";
import type { Packer } from "../../pack/packer.js";
import type { PackPlan } from "../../pack/plan.js";
import { definedOf } from "../../values.js";
import { ownPlan } from "../own.js";
import { routesOf } from "./list.js";
import { writeArchive } from "./packing/archive.js";
import { fieldFindings } from "./packing/fields.js";
import { openArchive } from "./packing/openArchive.js";
import { type BuntimePlan, planPackage } from "./packing/plan.js";
import { preflight } from "./packing/preflight.js";
import { buntimeShipment } from "./shipment.js";
import { readMenus } from "./wire.js";

export const buntimePacker: Packer = {
  claims: async (folder) => {
    const names = await readdir(folder).catch(() => []);
    return names.some((name) => name === "manifest.yaml" || name === "manifest.yml");
  },
  plan: planPackage,
  preflight: (plan, diagnostics) => preflight(buntimePlan(plan), diagnostics),
  write: (plan, options) => writeArchive(buntimePlan(plan), options),
  open: openArchive,
  judge: (shipment) => fieldFindings(buntimeShipment(shipment).manifest),
  offers: (shipment) => {
    const { manifest } = buntimeShipment(shipment);
    if (manifest.disabled) return { routes: [], menus: [] };
    const menus = readMenus(manifest.values.menus);
    return { routes: routesOf({ ...definedOf({ base: manifest.base }), menus }), menus };
  },
};

function buntimePlan(plan: PackPlan): BuntimePlan {
  return ownPlan(plan, isBuntime, "buntime");
}

function isBuntime(plan: PackPlan): plan is BuntimePlan {
  return plan.system === "buntime";
}
