// Packing a Metaflow UI plugin: the files that the service serves and the plugin's entry of PLUGINS in one bundle.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { metaflow, NO_WORKSPACE, parseText } from "../../../../../server/service/index.js";
import { writeBundle } from "../../../pack/bundle.js";
import { findingsWith } from "../../../pack/findings.js";
import { openBundle } from "../../../pack/openBundle.js";
import type { Packer, WriteOptions } from "../../../pack/packer.js";
import type { PackPlan } from "../../../pack/plan.js";
import { definedOf, isRecord } from "../../../values.js";
import { HostError } from "../../hostError.js";
import { ownPlan } from "../../own.js";
import { type MetaflowShipment, metaflowShipment, partsFrom } from "../shipment.js";
import { type MetaflowPlan, planPlugin } from "./plan.js";

export const metaflowPacker: Packer = {
  claims: async (folder) => {
    const text = await readFile(path.join(folder, "manifest.json"), "utf8").catch(() => undefined);
    if (text === undefined) return false;
    return metaflow.looksLikeManifest(parseText("file:///manifest.json", text), NO_WORKSPACE).ours;
  },
  plan: planPlugin,
  preflight: async (plan, diagnostics) => findingsWith(plan.findings, diagnostics),
  write: (plan, options) => write(metaflowPlan(plan), options),
  open,
  judge: (shipment) => {
    const { parts, entries } = metaflowShipment(shipment);
    return parts.flatMap(({ path: inside, entrypoint }) => {
      const target = metaflow.entrypointTarget(entrypoint);
      const file = target.kind === "top" ? [inside, target.name].filter(Boolean).join("/") : undefined;
      if (file !== undefined && entries.includes(file)) return [];
      const message = `the entrypoint "${entrypoint}" is no file of the package; nothing would show`;
      return [{ severity: "error", code: "package/entry-missing", message, file: "manifest.json" } as const];
    });
  },
};

async function write(plan: MetaflowPlan, options: WriteOptions): Promise<MetaflowShipment> {
  const [blocking] = plan.findings.filter((finding) => finding.severity === "error");
  const { identifier, entry, parts, name, version, contents } = plan;
  if (blocking !== undefined) {
    const next = "nothing was packed; correct this and package again";
    throw new HostError({ kind: "refused", step: "package", message: blocking.message, next });
  }
  const bundle = await writeBundle({
    ...options,
    folder: plan.folder,
    files: plan.files,
    facts: { system: "metaflow", identifier, entry, parts },
  });
  return {
    ...bundle,
    system: "metaflow",
    name: name ?? identifier,
    ...definedOf({ version, origin: plan.origin }),
    contents,
    entries: plan.files.map((file) => file.path),
    identifier,
    entry,
    parts,
  };
}

async function open(file: string): Promise<MetaflowShipment> {
  const { facts, texts: _texts, ...bundle } = await openBundle(file, []);
  const parts = partsFrom(facts?.parts);
  const [first] = parts;
  if (facts?.system !== "metaflow" || typeof facts.identifier !== "string" || first === undefined) {
    const message = `${path.basename(file)} is no package of a Metaflow UI plugin that Plugsmith made`;
    throw new HostError({ kind: "refused", step: "package", message, next: "package the plugin's folder instead" });
  }
  const { identifier } = facts;
  return {
    ...bundle,
    system: "metaflow",
    name: parts.length > 1 ? identifier : first.name,
    version: first.version,
    identifier,
    entry: isRecord(facts.entry) ? facts.entry : {},
    parts,
  };
}

function metaflowPlan(plan: PackPlan): MetaflowPlan {
  return ownPlan(plan, isMetaflow, "metaflow");
}

function isMetaflow(plan: PackPlan): plan is MetaflowPlan {
  return plan.system === "metaflow" && "identifier" in plan;
}
