// The public surface of everything that acts on hosts: the extension and the terminal import from here alone.

export * from "./hosts/host.js";
export { type HostConfigProblem, type HostConfigs, isLoopback, parseHostConfigs } from "./hosts/hostConfig.js";
export { errorText, HostError, type HostErrorKind } from "./hosts/hostError.js";
export { type Adapter, actionsOf, adapters, connect, type HostAction } from "./hosts/index.js";
export { maskSecret } from "./hosts/secrets.js";
export { type ManifestFacts, type ManifestReading, parseManifest, readManifest } from "./pack/manifest.js";
export { type GitOrigin, gitOrigin } from "./pack/origin.js";
export type { Shipment } from "./pack/shipment.js";
