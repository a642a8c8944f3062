// The public surface of everything that acts on hosts: the extension and the terminal import from here alone.

export { writeArchive } from "./hosts/buntime/packing/archive.js";
export { openArchive } from "./hosts/buntime/packing/openArchive.js";
export { planPackage } from "./hosts/buntime/packing/plan.js";
export { preflight } from "./hosts/buntime/packing/preflight.js";
export type { BuntimeShipment } from "./hosts/buntime/shipment.js";
export * from "./hosts/host.js";
export { type HostConfigProblem, parseHostConfigs } from "./hosts/hostConfig.js";
export { errorText, HostError, type HostErrorKind, withNext } from "./hosts/hostError.js";
export type { HostField } from "./hosts/hostFields.js";
export { actionsOf, adapters, claimsOn, connect, type HostAction, packableSystems, packerOf } from "./hosts/index.js";
export { isLoopback } from "./hosts/loopback.js";
export { type EntryPlan, planEntry, refsOf, writeEntry } from "./hosts/metaflow/entries.js";
export { type Change as EntryChange, type Entry, readPlugins, shownJson } from "./hosts/metaflow/pluginsFile.js";
export { maskSecret } from "./hosts/secrets.js";
export { runs } from "./hosts/states.js";
export { differsFromSent, type LedgerEntry, type LedgerResult, lastSent } from "./ledger/entry.js";
export type { LedgerHost } from "./ledger/identity.js";
export { type Ledger, openLedger, usualKeep } from "./ledger/ledger.js";
export { historyFolder } from "./ledger/place.js";
export type { Asked } from "./localHost/answer.js";
export { type LocalHost, startLocalHost } from "./localHost/index.js";
export { readManifestText } from "./localHost/metaflowPlugin.js";
export { type Conflict, lookForConflict } from "./operations/conflict.js";
export { type Delivered, deliver } from "./operations/deliver.js";
export { deploy, packageFor } from "./operations/deploy.js";
export { doctorText, examine } from "./operations/doctor.js";
export { lineDiff } from "./operations/lineDiff.js";
export { type Ended, onEachHost, restOf } from "./operations/many.js";
export { deliveredRow } from "./operations/manyText.js";
export { deployOnChange, type Loop, type LoopOptions, type LoopState } from "./operations/onChange.js";
export type { ActionPlan } from "./operations/plan.js";
export { planAction } from "./operations/planAction.js";
export { pages, planText, planTitle, pluginWords, sizeWords, verbs } from "./operations/planText.js";
export { stopped } from "./operations/refusals.js";
export { removePlugin } from "./operations/remove.js";
export { bundleToGoBackTo, rollback } from "./operations/rollback.js";
export { type Switched, setPluginEnabled } from "./operations/setEnabled.js";
export { uploadPlugin } from "./operations/upload.js";
export { archiveName } from "./pack/archiveName.js";
export { writeBundle } from "./pack/bundle.js";
export { type DiagnosticLike, stops } from "./pack/findings.js";
export { openBundle } from "./pack/openBundle.js";
export { gitOrigin } from "./pack/origin.js";
export type { Tools } from "./pack/packer.js";
export type { PackPlan } from "./pack/plan.js";
export type { Shipment } from "./pack/shipment.js";
export { jsonObject, parsedJson } from "./parsedJson.js";
export { diffWithCluster, type Rendered, renderKustomization } from "./preview/kustomize.js";
export { type Origin, objectsIn, type RenderedObject } from "./preview/kustomizeText.js";
export {
  type LoadedForPreview,
  type MetaflowService,
  type PreviewedPlugin,
  sandboxOf,
  startMetaflowService,
} from "./preview/metaflow.js";
export type { PreviewServer } from "./preview/server.js";
export { buntimePage, startSite, throughTo } from "./preview/site.js";
export { fetchRefs } from "./remoteRefs.js";
export { nameProblem, type Scaffolded, scaffold, scaffoldName } from "./scaffold/scaffold.js";
export { type Executables, executablesFrom, toolNames } from "./transports/executables.js";
export { filesOfArchive } from "./transports/files.js";
export type { ProcessRequest, ProcessResult, Run, ToolLog } from "./transports/process.js";
export { inTemporary } from "./transports/temporary.js";
