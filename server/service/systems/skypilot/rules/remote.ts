// Which plugins go to the controllers: remote_plugins.yaml and its relation to plugins.yaml, and the older form of the
// file, where a flag on each plugin did it.

import { keyText } from "../../../text/node.js";
import { asMap, field, placeOf } from "../../read.js";
import { removeField } from "../../removal.js";
import type { Manifest, Report, Rule } from "../../system.js";
import { neighbour } from "../facts.js";
import { pluginItems, wheelPathOf } from "../items.js";
import { flagFixes } from "../moves.js";

export const remoteRules: readonly Rule[] = [
  {
    code: "skypilot/upload-to-controller",
    severity: "warning",
    title: '"upload_to_controller" belongs to an older form of the file',
    host: 'A current server doesn\'t know the field and refuses to start; which plugins go to the controllers is said in remote_plugins.yaml. The field comes from the user guide of a form that seems never to have been released, so it is a warning while plugsmith.skypilot.schema is "auto", an error with "current", and fine with "guide".',
    wrong: "plugins:\n- class: my_plugin.MyPlugin\n  upload_to_controller: true\n",
    right: "# plugins.yaml\nplugins: []\n---\n# remote_plugins.yaml\nplugins:\n- class: my_plugin.MyPlugin\n",
    fix: "list the plugin in remote_plugins.yaml and remove the field; keep controller_wheel_path in plugins.yaml",
    documents: ["plugins"],
    check: uploadFlag,
  },
  {
    code: "skypilot/wheel-path-missing",
    severity: "warning",
    title: "plugins are to be uploaded, but there is no controller_wheel_path",
    host: "The server starts. At each controller launch it logs that controller_wheel_path is not specified and uploads nothing, neither wheels nor the list of plugins.",
    wrong: "plugins:\n- class: my_plugin.MyPlugin\n  upload_to_controller: true\n",
    right:
      "controller_wheel_path: /opt/skypilot/wheels\nplugins:\n- class: my_plugin.MyPlugin\n  upload_to_controller: true\n",
    fix: "add controller_wheel_path at the top of plugins.yaml",
    documents: ["plugins"],
    check: wheelPathMissing,
  },
  {
    code: "skypilot/remote-without-wheels",
    severity: "warning",
    title: "remote plugins, but no controller_wheel_path in plugins.yaml beside",
    host: "The list is sent only along with at least one wheel. Without controller_wheel_path in plugins.yaml the log warns at each launch and the controllers get nothing.",
    fix: "add controller_wheel_path to plugins.yaml",
    documents: ["remote-plugins"],
    check: remoteWithoutWheels,
  },
  {
    code: "skypilot/wheel-path-unused",
    severity: "information",
    title: "controller_wheel_path without any plugin for the controllers",
    host: "The wheels go up only when remote_plugins.yaml exists and lists at least one plugin; otherwise the setting has no effect.",
    wrong: "controller_wheel_path: /opt/skypilot/wheels\nplugins:\n- class: my_plugin.MyPlugin\n",
    right: "plugins:\n- class: my_plugin.MyPlugin\n",
    fix: "list the controllers' plugins in remote_plugins.yaml, or remove the setting",
    documents: ["plugins"],
    check: wheelPathUnused,
  },
  {
    code: "skypilot/remote-not-read",
    severity: "information",
    title: "a server of the guide's form doesn't read remote_plugins.yaml",
    host: "In the form of the older user guide the controllers get the plugins that plugins.yaml flags with upload_to_controller; remote_plugins.yaml is not looked at.",
    fix: 'set plugsmith.skypilot.schema to "auto" or "current", or flag the plugins in plugins.yaml',
    documents: ["remote-plugins"],
    check: remoteNotRead,
  },
];

/** The schema says it, in the same words; here the edits come along. */
function uploadFlag(manifest: Manifest, report: Report): void {
  const item = manifest.schema.properties?.plugins?.items;
  const said = item?.properties?.upload_to_controller?.["x-problem"]?.deprecated;
  if (!said?.message || !said.severity) return;
  for (const item of pluginItems(manifest)) {
    const flag = item.map.pairs.find((pair) => keyText(pair) === "upload_to_controller");
    if (!flag?.key) continue;
    const fixes = flagFixes(manifest, item, flag);
    if (fixes.length > 0) report(flag.key, said.message, { severity: said.severity, tags: ["deprecated"], fixes });
  }
}

function wheelPathMissing(manifest: Manifest, report: Report): void {
  // A current server has refused the flag already.
  if (manifest.settings.skypilotSchema === "current" || wheelPathOf(manifest)) return;
  const item = pluginItems(manifest).find(({ isUploaded }) => isUploaded);
  const flag = item && field(item.map, "upload_to_controller", manifest);
  if (!flag?.key) return;
  const first = asMap(manifest.root)?.pairs[0];
  const eol = manifest.parsed.eol;
  const isBlock = asMap(manifest.root)?.flow === false && first?.key?.start === asMap(manifest.root)?.start;
  report(
    flag.key,
    'a plugin is to be uploaded, but "controller_wheel_path" is not set, so controllers get nothing; add it at the top',
    {
      fixes:
        isBlock && first
          ? [
              {
                title: "Add controller_wheel_path",
                edits: [
                  { span: [first.start, first.start], newText: `controller_wheel_path: /opt/skypilot/wheels${eol}` },
                ],
              },
            ]
          : [],
    },
  );
}

function remoteWithoutWheels(manifest: Manifest, report: Report): void {
  const listed = pluginItems(manifest).some(({ className }) => className !== undefined);
  const plugins = listed ? neighbour(manifest, "plugins") : undefined;
  // One without a value is told there.
  if (typeof plugins !== "object" || plugins.facts.wheelPath !== undefined) return;
  const pair = field(manifest.root, "plugins", manifest);
  if (!pair?.key) return;
  report(
    pair.key,
    'plugins.yaml beside sets no "controller_wheel_path", so controllers get no wheels and not this list either; add it there',
    {
      related: [{ message: "plugins.yaml beside", path: plugins.path, span: [0, 0] }],
    },
  );
}

function wheelPathUnused(manifest: Manifest, report: Report): void {
  const path = wheelPathOf(manifest);
  if (!path?.text || !path.pair.key || manifest.settings.skypilotSchema === "guide") return;
  if (pluginItems(manifest).some(({ map }) => field(map, "upload_to_controller", manifest))) return;
  const remote = neighbour(manifest, "remote-plugins");
  if (remote === undefined || (remote !== "none" && (remote.facts.listed > 0 || !remote.facts.hasList))) return;
  const message =
    remote === "none"
      ? "there is no remote_plugins.yaml beside this file, and without one the wheels go nowhere; add it or remove this setting"
      : "remote_plugins.yaml beside lists no plugin, so the wheels go nowhere; list the controllers' plugins there or remove this setting";
  report(path.pair.key, message, {
    ...(remote !== "none" && { severity: "warning" }),
    fixes: removeField(manifest, path.pair),
  });
}

function remoteNotRead(manifest: Manifest, report: Report): void {
  const first = asMap(manifest.root)?.pairs[0];
  if (manifest.settings.skypilotSchema !== "guide" || !first) return;
  report(
    first.key ?? placeOf(first),
    'a server of the older guide\'s form reads only plugins.yaml; flag the plugins there, or set plugsmith.skypilot.schema to "auto"',
  );
}
