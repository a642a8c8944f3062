// The variables that tell an API server where its plugins' files are.

export const pluginsVariable = "SKYPILOT_SERVER_PLUGINS_CONFIG";
export const remoteVariable = "SKYPILOT_SERVER_REMOTE_PLUGINS_CONFIG";
