// What this Buntime host has that stands against a plugin: names and bases already taken, dependencies it lacks, a key that may not.
// Reads only; what cannot be known from the host's lists is not a finding.
import type { Finding } from "../host.js";
import type { Inventory } from "./list.js";
import type { BuntimeShipment } from "./shipment.js";

/** `way`: with "copying" the files go to the host's directory, and its own upload doesn't matter. */
export function checkAgainst(
  shipment: BuntimeShipment,
  host: Inventory,
  way: "upload" | "copying" = "upload",
): readonly Finding[] {
  const { manifest } = shipment;
  const findings: Finding[] = [];
  const tell = (severity: Finding["severity"], code: string, message: string) =>
    findings.push({ severity, code, message, file: manifest.file });
  if (way === "upload" && !host.capabilities.features.upload) {
    tell(
      "error",
      "buntime/host-too-old",
      `${host.host} is older than v0.2.26: its upload puts plugins where it never looks; add "kubernetes" or "directory" to this host, and the files are copied into its plugins directory instead`,
    );
  }
  const { name, base } = manifest;
  if (name !== undefined && builtIn(host, name)) {
    tell(
      "error",
      "buntime/name-of-built-in",
      `"${name}" is built into ${host.host}; an upload of that name never takes effect, rename the plugin`,
    );
  }
  const reserved = reservedBase(host.api);
  if (base !== undefined && base === reserved) {
    tell(
      "error",
      "buntime/base-reserved",
      `base "${base}" is where ${host.host} has its API; the host does not load the plugin, choose another`,
    );
  }
  const rival = base === undefined ? undefined : host.loaded.find((item) => item.base === base && item.name !== name);
  if (rival !== undefined) {
    tell(
      "error",
      "buntime/base-taken",
      `base "${base}" belongs to "${rival.name}" on ${host.host}; the first one answers and the next start of the host may fail, choose another`,
    );
  }
  for (const dependency of manifest.dependencies) {
    const missing = dependencyState(host, dependency);
    if (missing !== undefined)
      tell(
        "error",
        "buntime/dependency-missing",
        `"${dependency}" ${missing}; the host leaves out a plugin that requires it`,
      );
  }
  const key = keyProblem(shipment, host);
  if (key !== undefined) tell("error", "buntime/key-insufficient", key);
  return findings;
}

/** Why a required plugin does not serve as one; undefined when it is loaded. */
export function dependencyState(host: Inventory, dependency: string): string | undefined {
  if (host.loaded.some((item) => item.name === dependency)) return undefined;
  if (host.installed.some((item) => item.name === dependency)) return `is installed on ${host.host} and not loaded`;
  const limited = host.capabilities.principal?.namespaces.includes("*") === false;
  return limited ? undefined : `is not on ${host.host}`;
}

export function builtIn(host: Inventory, name: string): boolean {
  return host.installed.some((item) => item.name === name && item.source === "built-in");
}

function reservedBase(api: string): string {
  return api === "/api" ? "/api" : api.replace(/\/api$/, "");
}

function keyProblem(shipment: BuntimeShipment, host: Inventory): string | undefined {
  const { principal } = host.capabilities;
  if (principal === undefined) return undefined;
  const name = shipment.name;
  const scope = name.startsWith("@") ? name.split("/", 1)[0]?.toLowerCase() : undefined;
  const covered = principal.namespaces.some((space) => space === "*" || space.toLowerCase() === scope);
  if (!covered) return `the key is limited to ${principal.namespaces.join(", ")}, which does not cover "${name}"`;
  const known = principal.permissions.length > 0 && principal.role === "custom";
  const may =
    principal.role !== "viewer" && (!known || principal.permissions.some((p) => p === "plugins:install" || p === "*"));
  return may ? undefined : "the key may not install plugins; sign in with a key of role editor or admin";
}
