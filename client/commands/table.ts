// The commands as data, one row each as in package.json. What they do is bound to these ids in `index.ts`. Free of `vscode`,
// so that a test can compare the rows with package.json.

export interface CommandRow {
  /** Without the prefix "plugsmith.". */
  readonly id: string;
  readonly title: string;
  readonly icon?: string;
  /** When it can be run; without it, always. */
  readonly enablement?: string;
  /** Makes sense on a tree item alone. */
  readonly hidden?: true;
}

const trusted = "isWorkspaceTrusted";

export const COMMANDS = [
  { id: "addHost", title: "Add Host", icon: "$(add)", enablement: trusted },
  { id: "editHost", title: "Edit Host", icon: "$(edit)", enablement: trusted },
  { id: "forgetHost", title: "Remove Host from Settings", enablement: trusted },
  { id: "signIn", title: "Sign In", icon: "$(key)", enablement: trusted },
  { id: "signOut", title: "Sign Out", enablement: trusted },
  { id: "newPlugin", title: "New Plugin", icon: "$(new-folder)" },
  { id: "package", title: "Package", icon: "$(package)", enablement: trusted },
  { id: "upload", title: "Upload without Reload", icon: "$(arrow-up)", enablement: trusted },
  { id: "reload", title: "Reload Plugins of Host", icon: "$(debug-restart)", enablement: trusted },
  { id: "deploy", title: "Deploy", icon: "$(cloud-upload)", enablement: trusted },
  { id: "deployToSeveral", title: "Deploy to Several Hosts", icon: "$(cloud-upload)", enablement: trusted },
  { id: "deployOnChange", title: "Deploy on Change", icon: "$(eye)", enablement: trusted },
  { id: "stopDeployOnChange", title: "Stop Deploying on Change", icon: "$(eye-closed)" },
  { id: "preview", title: "Preview", icon: "$(open-preview)" },
  { id: "compareRender", title: "Compare with Previous Rendering", icon: "$(git-compare)", hidden: true },
  {
    id: "compareCluster",
    title: "Compare with Cluster",
    icon: "$(server-environment)",
    hidden: true,
    enablement: trusted,
  },
  { id: "openSource", title: "Open Source", hidden: true },
  { id: "remove", title: "Remove from Host", icon: "$(trash)", enablement: trusted },
  { id: "rollback", title: "Roll Back", icon: "$(discard)", enablement: trusted },
  { id: "enable", title: "Enable on Host", icon: "$(debug-start)", enablement: trusted },
  { id: "disable", title: "Disable on Host", icon: "$(debug-pause)", enablement: trusted },
  { id: "saveBundle", title: "Save Bundle As", icon: "$(save-as)", hidden: true, enablement: trusted },
  { id: "compareBundle", title: "Compare with the Files Here", icon: "$(diff)", hidden: true, enablement: trusted },
  { id: "showLogs", title: "Show Logs of Host", icon: "$(output)", enablement: trusted },
  { id: "stopLogs", title: "Stop Following Logs", icon: "$(debug-stop)" },
  { id: "doctor", title: "Check Host", icon: "$(pulse)", enablement: trusted },
  { id: "addGitPlugin", title: "Add Git Plugin to PLUGINS", icon: "$(repo-clone)", enablement: trusted },
  { id: "addLocalPlugin", title: "Add Local Plugin to PLUGINS", icon: "$(file-directory)", enablement: trusted },
  { id: "editPluginsEntry", title: "Edit Entry of PLUGINS", icon: "$(edit)", enablement: trusted },
  { id: "removePluginsEntry", title: "Remove Entry of PLUGINS", icon: "$(trash)", enablement: trusted },
  { id: "copyPluginsValue", title: "Copy PLUGINS Value", icon: "$(clippy)" },
  { id: "refresh", title: "Refresh", icon: "$(refresh)", enablement: trusted },
  {
    id: "startLocalHost",
    title: "Start Local Host",
    icon: "$(vm)",
    enablement: `${trusted} && !plugsmith.localHostRuns`,
  },
  {
    id: "stopLocalHost",
    title: "Stop Local Host",
    icon: "$(debug-stop)",
    enablement: `${trusted} && plugsmith.localHostRuns`,
  },
  { id: "fetchRefs", title: "Fetch Refs of a Repository", icon: "$(git-branch)", enablement: trusted },
  { id: "selectSystem", title: "Say What This File Is" },
  { id: "checkWorkspace", title: "Check Workspace", icon: "$(checklist)" },
  { id: "showOutput", title: "Show Log", icon: "$(output)" },
  { id: "openPage", title: "Open Page", icon: "$(link-external)", hidden: true, enablement: trusted },
  { id: "openManifest", title: "Open Manifest", icon: "$(go-to-file)", hidden: true },
] as const satisfies readonly CommandRow[];

export type CommandId = (typeof COMMANDS)[number]["id"];
