// The questions about a host, in order: its system where there is a choice, its address (tried at once), what its system asks besides,
// its name, its level.

import { ProgressLocation, window } from "vscode";
import { systemTitle } from "../../../server/service/index.js";
import type { App } from "../../app.js";
import {
  adapters,
  errorText,
  type HostConfig,
  HostError,
  type HostLevel,
  isLoopback,
  type KubernetesTarget,
  parseHostConfigs,
  type SystemId,
} from "../../ops/index.js";
import { sentence } from "../../sentence.js";
import { askChoice, askText, type Frame, type Step } from "./form.js";
import { asksOf, fieldSteps, placeSteps } from "./hostPlaces.js";

export interface HostForm {
  readonly system: SystemId;
  readonly url?: string;
  /** Where its plugins lie, for systems that have a choice. */
  readonly place?: "none" | "kubernetes" | "directory";
  readonly kubernetes?: KubernetesTarget;
  readonly directory?: string;
  /** The fields that only hosts of its system have. */
  readonly own?: Readonly<Record<string, string | readonly string[]>>;
  readonly name?: string;
  readonly level?: HostLevel;
}

export function hostSteps(app: App, former: string | undefined): readonly Step<HostForm>[] {
  const reachable = adapters.filter((adapter) => adapter.connect !== undefined);
  const system: Step<HostForm> = {
    ask: async (form, frame) => {
      const items = reachable.map((adapter) => ({ label: systemTitle(adapter.system), system: adapter.system }));
      const chosen = await askChoice(frame, { placeholder: "What runs there?", items });
      return typeof chosen === "object" ? { ...form, system: chosen.system } : chosen;
    },
  };
  const rest: readonly Step<HostForm>[] = [
    { applies: (form) => asksOf(form.system).address !== undefined, ask: askAddress.bind(undefined, app) },
    ...placeSteps(),
    ...fieldSteps(),
    { ask: askName.bind(undefined, app, former) },
    { ask: askLevel },
  ];
  return reachable.length > 1 ? [system, ...rest] : rest;
}

async function askAddress(app: App, form: HostForm, frame: Frame): Promise<HostForm | "back" | undefined> {
  const { address } = asksOf(form.system);
  const isOptional = address?.isNeeded !== true;
  for (let value = form.url ?? ""; ; ) {
    const text = await askText(frame, {
      prompt: `${address?.prompt ?? "Address of the host."}${isOptional ? " May stay empty." : ""}`,
      placeholder: address?.placeholder ?? "",
      value,
      check: (typed) => (isOptional && typed === "" ? undefined : configOf(form.system, typed).wrong),
    });
    if (text === undefined || text === "back") return text;
    if (text === "") {
      const { url: _, ...others } = form;
      return others;
    }
    const { config } = configOf(form.system, text);
    value = text;
    if (config?.url === undefined) continue;
    const answer = await tryAddress(app, config, frame);
    if (answer === "use") return { ...form, url: config.url };
    if (answer === undefined) return undefined;
  }
}

/** A row with this address as settings would read it. */
function configOf(system: SystemId, url: string): { readonly config?: HostConfig; readonly wrong?: string } {
  const { hosts, problems } = parseHostConfigs([{ name: "it", system, url }]);
  const [config] = hosts;
  const [problem] = problems;
  if (config !== undefined) return { config };
  return { wrong: (problem?.message ?? "this is no address").replace(/^host "it" (has a "url" that )?/, "this ") };
}

async function tryAddress(app: App, config: HostConfig, frame: Frame): Promise<"use" | "again" | undefined> {
  const wrong = await window.withProgress(
    { location: ProgressLocation.Notification, title: `Asking ${config.url ?? ""}` },
    async () => {
      try {
        await app.connect(config).describe?.(AbortSignal.timeout(8000));
        return undefined;
      } catch (error) {
        // A host that wants a key is a host.
        if (error instanceof HostError && (error.kind === "unauthorised" || error.kind === "forbidden"))
          return undefined;
        return error instanceof HostError
          ? sentence(error.kind === "cancelled" ? "it did not answer within 8 s" : errorText(error))
          : "It could not be asked.";
      }
    },
  );
  if (wrong === undefined) return "use";
  const items = [
    { label: "$(edit) Correct the Address", detail: wrong, next: "again" as const },
    { label: "$(check) Use It Anyway", detail: "It may be down at the moment.", next: "use" as const },
  ];
  const choice = await askChoice(frame, { placeholder: `No answer of a host at ${config.url ?? ""}`, items });
  return typeof choice === "object" ? choice.next : choice === "back" ? "again" : undefined;
}

async function askName(
  app: App,
  former: string | undefined,
  form: HostForm,
  frame: Frame,
): Promise<HostForm | "back" | undefined> {
  const others = app.rows.all().filter((host) => host.name !== former);
  const name = await askText(frame, {
    prompt: "A short name; the terminal calls the host by it too.",
    placeholder: "staging",
    value: form.name ?? hostnameOf(form.url),
    check: (text) => {
      if (text === "") return "give it a name";
      return others.some((host) => host.name === text) ? `"${text}" is the name of another host` : undefined;
    },
  });
  return name === undefined || name === "back" ? name : { ...form, name };
}

async function askLevel(form: HostForm, frame: Frame): Promise<HostForm | "back" | undefined> {
  const items = [
    { label: "Local", level: "local" as const, detail: "Yours alone: nothing is asked before a deployment." },
    { label: "Shared", level: "shared" as const, detail: "Others use it: the plan is shown before a deployment." },
    {
      label: "Production",
      level: "production" as const,
      detail: "It matters: the plan opens and the host's name is typed before every change.",
    },
  ];
  const usual = form.level ?? (form.url !== undefined && isLoopback(form.url) ? "local" : "shared");
  const active = items.find((item) => item.level === usual);
  const chosen = await askChoice(frame, { placeholder: "How careful should Plugsmith be?", items, active });
  return typeof chosen === "object" ? { ...form, level: chosen.level } : chosen;
}

function hostnameOf(url: string | undefined): string {
  const host = URL.parse(url ?? "")?.hostname ?? "";
  return isLoopback(url ?? "") ? "local" : (host.split(".")[0] ?? "");
}
