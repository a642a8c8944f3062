// The load contexts of a plugin's class: in which processes the server builds it, and whether it is listed where those are.

import type { Report, Rule } from "../../system.js";
import type { ListedClass } from "../python/classes.js";
import { at, each, seeClass } from "./atClass.js";

export const contextRules: readonly Rule[] = [
  {
    code: "skypilot/load-contexts-text",
    severity: "warning",
    title: "load_contexts holds texts",
    host: "Servers with load contexts (SkyPilot 0.13) compare with members of PluginContext; a set of texts never matches, so the plugin is skipped in every process with a debug line only.",
    wrong: 'plugins:\n- class: my_plugin.MyPlugin  # load_contexts = {"UVICORN"}\n',
    right: "plugins:\n- class: my_plugin.MyPlugin  # load_contexts = {PluginContext.UVICORN}\n",
    fix: "write members of sky.server.plugins.PluginContext",
    check: (manifest, report) => each(manifest, (one) => contextTexts(one, report)),
  },
  {
    code: "skypilot/not-for-controllers",
    severity: "warning",
    title: "a controller plugin that doesn't load on controllers",
    host: "remote_plugins.yaml is loaded in the context CONTROLLER. A class whose load_contexts leave that out goes up and is skipped there with a debug line only (SkyPilot 0.13).",
    wrong: "plugins:\n- class: my_plugin.MyPlugin  # load_contexts = {PluginContext.UVICORN}\n",
    right: "plugins:\n- class: my_plugin.MyPlugin  # load_contexts = {PluginContext.CONTROLLER}\n",
    fix: "add PluginContext.CONTROLLER, or take the class out of remote_plugins.yaml",
    documents: ["remote-plugins"],
    check: (manifest, report) => each(manifest, (one) => notForControllers(one, report)),
  },
  {
    code: "skypilot/only-for-controllers",
    severity: "warning",
    title: "a server plugin that only loads on controllers",
    host: "plugins.yaml is loaded in the contexts MAIN, UVICORN and EXECUTOR. A class whose load_contexts name CONTROLLER alone is skipped on the server with a debug line only (SkyPilot 0.13).",
    wrong: "# plugins.yaml\nplugins:\n- class: my_plugin.MyPlugin  # load_contexts = {PluginContext.CONTROLLER}\n",
    right:
      "# remote_plugins.yaml\nplugins:\n- class: my_plugin.MyPlugin  # load_contexts = {PluginContext.CONTROLLER}\n",
    fix: "list the class in remote_plugins.yaml",
    documents: ["plugins"],
    check: (manifest, report) => each(manifest, (one) => onlyForControllers(one, report)),
  },
];

function contextTexts(one: ListedClass, report: Report): void {
  if (one.judged?.contexts?.kind !== "texts") return;
  report(
    at(one),
    `the load_contexts of "${one.name}" are texts, which never match, so it loads nowhere; write members of PluginContext`,
    {
      related: seeClass(one),
    },
  );
}

const contextsOf = ({ judged }: ListedClass): readonly string[] | undefined =>
  judged?.contexts?.kind === "members" ? judged.contexts.names : undefined;

function notForControllers(one: ListedClass, report: Report): void {
  const contexts = contextsOf(one);
  if (!contexts || contexts.includes("CONTROLLER")) return;
  report(
    at(one),
    `the load_contexts of "${one.name}" leave out CONTROLLER, so controllers get it and skip it; add PluginContext.CONTROLLER`,
    {
      related: seeClass(one),
    },
  );
}

function onlyForControllers(one: ListedClass, report: Report): void {
  const contexts = contextsOf(one);
  // In the older form of the file, flagged plugins go to the controllers from here.
  if (!contexts || one.item.isUploaded || contexts.some((name) => name !== "CONTROLLER")) return;
  const where = contexts.length === 0 ? "nowhere" : "on controllers alone";
  report(
    at(one),
    `"${one.name}" loads ${where} by its load_contexts, so the server skips it; ${contexts.length === 0 ? "name a context" : "list it in remote_plugins.yaml"}`,
    {
      related: seeClass(one),
    },
  );
}
