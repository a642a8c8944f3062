// What other extensions of this editor already say about our files, so that the server leaves those parts to them.

import { extensions, workspace } from "vscode";
import type { Covered } from "../server/protocol.js";

export function coveredByOthers(): Covered {
  const yaml = extensions.getExtension("redhat.vscode-yaml") !== undefined && isOn("yaml.validate");
  const json = extensions.getExtension("vscode.json-language-features") !== undefined;
  return {
    yamlSyntax: yaml,
    kustomizationSchema: yaml && isOn("yaml.schemaStore.enable"),
    jsonSyntax: json && isOn("json.validate.enable"),
  };
}

/** Settings that change the answer. */
export const coverSettings = ["yaml.validate", "yaml.schemaStore.enable", "json.validate.enable"];

function isOn(key: string): boolean {
  return workspace.getConfiguration().get<unknown>(key) !== false;
}
