// User settings that keep VS Code from greeting, advising and updating, so that a window shows our extension only.

export const quietSettings = {
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.welcomePage.walkthroughs.openOnInstall": false,
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "update.mode": "none",
  "chat.disableAIFeatures": true,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "git.enabled": false,
  "typescript.disableAutomaticTypeAcquisition": true,
  "window.dialogStyle": "custom",
  "editor.cursorBlinking": "solid",
  "workbench.reduceMotion": "on",
};

/** For a window that nobody looks at: without what is drawn anew with each file that is opened. */
export const unseenSettings = {
  "workbench.editor.showTabs": "none",
  "breadcrumbs.enabled": false,
  "editor.minimap.enabled": false,
  "editor.stickyScroll.enabled": false,
  "explorer.autoReveal": false,
};
