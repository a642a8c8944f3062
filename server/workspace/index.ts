// What the connection and the terminal may use of the workspace.

export { diskFiles, type Overlay, slashed } from "./diskFiles.js";
export { factIndex } from "./factIndex.js";
export { turns } from "./turns.js";
export { listedOnce, type Walked, walk } from "./walk.js";
export { createWorkspace, type LiveWorkspace, NEWS_STALE } from "./workspace.js";
