// The public surface of everything that acts on hosts: the extension and the terminal import from here alone.

export { writeArchive } from "./hosts/buntime/packing/archive.js";
export {
  type ManifestFacts,
  type ManifestReading,
  parseManifest,
  readManifest,
} from "./hosts/buntime/packing/manifest.js";
export { openArchive } from "./hosts/buntime/packing/openArchive.js";
export { planPackage } from "./hosts/buntime/packing/plan.js";
export { preflight } from "./hosts/buntime/packing/preflight.js";
export type { BuntimeShipment } from "./hosts/buntime/shipment.js";
export * from "./hosts/host.js";
export { type HostConfigProblem, type HostConfigs, parseHostConfigs } from "./hosts/hostConfig.js";
export { errorText, HostError, type HostErrorKind, withNext } from "./hosts/hostError.js";
export type { HostField } from "./hosts/hostFields.js";
export {
  type Adapter,
  actionsOf,
  adapters,
  claimsOn,
  connect,
  type HostAction,
  packableSystems,
  packerOf,
} from "./hosts/index.js";
export { isLoopback } from "./hosts/loopback.js";
export { type EntryPlan, planEntry, refsOf, writeEntry } from "./hosts/metaflow/entries.js";
export {
  type Change as EntryChange,
  type Entry,
  type PluginsFile,
  readPlugins,
  shownJson,
} from "./hosts/metaflow/pluginsFile.js";
export { maskSecret } from "./hosts/secrets.js";
export { runs } from "./hosts/states.js";
export {
  differsFromSent,
  type LedgerAction,
  type LedgerEntry,
  type LedgerResult,
  lastLeft,
  lastSent,
} from "./ledger/entry.js";
export type { LedgerHost } from "./ledger/identity.js";
export {
  type Ledger,
  type LedgerOptions,
  openLedger,
  type Recorded,
  usualKeep,
} from "./ledger/ledger.js";
export { historyFolder } from "./ledger/place.js";
export type { Asked } from "./localHost/answer.js";
export { type LocalHost, type LocalHostOptions, startLocalHost } from "./localHost/index.js";
export { type ListedPlugin, readManifestText } from "./localHost/metaflowPlugin.js";
export { type Conflict, conflictOf, lookForConflict, overwriteRefused } from "./operations/conflict.js";
export { type Delivered, type DeliverOptions, type DeployStep, deliver } from "./operations/deliver.js";
export { type DeployOptions, deploy, packageFor } from "./operations/deploy.js";
export { type DoctorOptions, doctorText, examine } from "./operations/doctor.js";
export { lineDiff } from "./operations/lineDiff.js";
export { type Ended, type ManyOptions, onEachHost, restOf } from "./operations/many.js";
export { deliveredRow } from "./operations/manyText.js";
export { deployOnChange, type Loop, type LoopOptions, type LoopState } from "./operations/onChange.js";
export { type ActionPlan, type Operation, type PlanFacts, planOf } from "./operations/plan.js";
export { type PlanQuestion, planAction } from "./operations/planAction.js";
export { changeWords, pages, planText, planTitle, pluginWords, sizeWords, verbs } from "./operations/planText.js";
export { stopped } from "./operations/refusals.js";
export { type RemoveOptions, removePlugin } from "./operations/remove.js";
export { bundleToGoBackTo, type RollbackOptions, rollback } from "./operations/rollback.js";
export { type Switched, type SwitchOptions, setPluginEnabled } from "./operations/setEnabled.js";
export { type UploadOptions, uploadPlugin } from "./operations/upload.js";
export { archiveName } from "./pack/archiveName.js";
export { type BundleOptions, type WrittenBundle, writeBundle } from "./pack/bundle.js";
export { type DiagnosticLike, findingsWith, isSameProblem, stops } from "./pack/findings.js";
export { type OpenedBundle, openBundle } from "./pack/openBundle.js";
export { type GitOrigin, gitOrigin } from "./pack/origin.js";
export type { Packer, PackingFor, Tools, WriteOptions } from "./pack/packer.js";
export {
  contentsDigest,
  type LeftOut,
  type PackPlan,
  type PlannedFile,
  type PlanOptions,
} from "./pack/plan.js";
export type { Shipment } from "./pack/shipment.js";
export { diffWithCluster, type Rendered, type RenderRequest, renderKustomization } from "./preview/kustomize.js";
export { type Origin, objectsIn, type RenderedObject } from "./preview/kustomizeText.js";
export {
  getsStyles,
  type LoadedForPreview,
  type MetaflowService,
  type MetaflowServiceOptions,
  type PreviewedPlugin,
  sandboxOf,
  startMetaflowService,
} from "./preview/metaflow.js";
export { type PreviewServer, type Requested, startPreviewServer } from "./preview/server.js";
export { buntimePage, startSite, throughTo } from "./preview/site.js";
export { fetchRefs } from "./remoteRefs.js";
export { nameProblem, type Scaffolded, scaffold, scaffoldName } from "./scaffold/scaffold.js";
export { type Executables, executablesFrom, type Tool, toolNames } from "./transports/executables.js";
export { filesOfArchive } from "./transports/files.js";
export type { ProcessRequest, ProcessResult, Run, ToolLog } from "./transports/process.js";
export { inTemporary } from "./transports/temporary.js";
