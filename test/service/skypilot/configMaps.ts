// plugins.yaml in a ConfigMap: texts of such files, the way into one, and what is found in it.

import assert from "node:assert/strict";
import {
  DEFAULT_SETTINGS,
  type Manifest,
  NO_WORKSPACE,
  type Parsed,
  parseText,
  recognise,
} from "../../../server/service/index.js";

export const indented = (text: string, blank: string) => text.replace(/^(?=.)/gm, blank);
export const configMap = (plugins: string, more = "") =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: sky-plugins\ndata:\n  plugins.yaml: |\n${indented(plugins, "    ")}${more}`;

export const FILES: readonly (readonly [string, string])[] = [
  ["a good one", "plugins:\n- class: acme_sky.core.Plug\n  parameters:\n    port: 1\n"],
  [
    "comments and empty lines",
    "# what runs\n\nplugins:\n\n- class: acme_sky.core.Plug\n\n  # its port\n  parameters: {port: 1}\n",
  ],
  [
    "unknown and repeated fields",
    "plugins:\n- class: a.B\n  name: b\n- class: a.B\n  class: a.C\n- clas: a.D\nplugin: 1\n",
  ],
  ["nulls and wrong types", "controller_wheel_path: ~\nplugins:\n- class: yes\n  parameters:\n- class:\n"],
  ["broken YAML", "plugins:\n- class: a.B\n  parameters: [1\n- class: 'a.C\n"],
  ["the older form", "controller_wheel_path: dist\nplugins:\n- class: a.B\n  upload_to_controller: false\n"],
];

export function openedAt(path: string, text: string): { readonly outer: Parsed; readonly manifest: Manifest } {
  const outer = parseText(`file://${path}`, text);
  const [manifest] = recognise(outer, NO_WORKSPACE, DEFAULT_SETTINGS).embedded;
  assert.ok(manifest, text);
  return { outer, manifest };
}

/** The same text as a file of its own. */
export function alone(text: string): Manifest {
  const parsed = parseText("file:///w/deploy/plugins.yaml", text);
  const { manifest } = recognise(parsed, NO_WORKSPACE, DEFAULT_SETTINGS);
  assert.ok(manifest, text);
  return manifest;
}
