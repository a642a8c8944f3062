// What the connection and the terminal may use of the workspace.

export { type DiskFiles, type DiskOptions, diskFiles, type Overlay, slashed } from "./diskFiles.js";
export { type FactIndex, factIndex, type KnownManifest } from "./factIndex.js";
export { type ListFolder, listedOnce, type Walked, type WalkOptions, walk } from "./walk.js";
export { createWorkspace, HOSTS_STALE, type LiveWorkspace, type WorkspaceChange } from "./workspace.js";
