// The questions about a host that depend on its system: where its plugins lie, which cluster, and the fields that only hosts of that
// system have. Every answer but a directory may be left empty.

import { adapters, type HostField, type KubernetesTarget } from "../../ops/index.js";
import { askChoice, askNeeded, askText, type Frame, type Step } from "./form.js";
import type { HostForm } from "./hostForm.js";

type Answer = Promise<HostForm | "back" | undefined>;

/** What the form asks of hosts of this system. */
export const asksOf = (system: string) =>
  adapters.find((one) => one.system === system)?.asks ?? { places: [], cluster: [] };

export function placeSteps(): readonly Step<HostForm>[] {
  const cluster = ["context", "namespace", "selector", "container", "directory"] as const;
  return [
    { applies: (form) => asksOf(form.system).places.length > 0, ask: askPlace },
    ...cluster.map((key) => ({
      applies: (form: HostForm) => inCluster(form) && asksOf(form.system).cluster.includes(key),
      ask: (form: HostForm, frame: Frame) => askCluster(key, form, frame),
    })),
    {
      applies: (form) => form.place === "directory",
      ask: (form, frame) => askNeeded(form, "directory", frame, directoryWords),
    },
  ];
}

/** One step for each field of each system; only those of the chosen system are asked. */
export function fieldSteps(): readonly Step<HostForm>[] {
  return adapters.flatMap(({ system, fields = [] }) =>
    fields.map((field) => ({
      applies: (form: HostForm) => form.system === system,
      ask: (form: HostForm, frame: Frame) => askField(field, form, frame),
    })),
  );
}

/** The row as the settings hold it; what belongs to another place than the chosen one is left out. */
export function rowOf(form: HostForm) {
  const { place, kubernetes, directory, own = {}, ...row } = form;
  return {
    ...row,
    ...(inCluster(form) && kubernetes !== undefined ? { kubernetes } : {}),
    ...(place === "directory" && directory !== undefined ? { directory } : {}),
    ...own,
  };
}

/** Hosts that are nowhere else are not asked where. */
function inCluster({ place, system }: HostForm): boolean {
  const { places: offered, address, cluster } = asksOf(system);
  return place === "kubernetes" || (offered.length === 0 && address === undefined && cluster.length > 0);
}

const places = [
  { place: "none", label: "By Its Address Alone", detail: "Files can't be copied there from here." },
  { place: "kubernetes", label: "In Pods of a Kubernetes Cluster", detail: "By your kubectl, in every replica." },
  { place: "directory", label: "In a Directory of This Machine", detail: "Also a mounted volume." },
] as const;

async function askPlace(form: HostForm, frame: Frame): Answer {
  const { places: offered, address } = asksOf(form.system);
  const fields = adapters.find(({ system }) => system === form.system)?.fields ?? [];
  // A host without an address has to be somewhere; one field of its own may say where.
  const mayBeNowhere = form.url !== undefined || fields.some(({ isPlace }) => isPlace === true);
  const items = places
    .filter(({ place }) => (place === "none" ? mayBeNowhere : offered.includes(place)))
    .map((one) => (one.place === "none" && address?.alone !== undefined ? { ...one, detail: address.alone } : one));
  const active = items.find(({ place }) => place === (form.place ?? "none"));
  const chosen = await askChoice(frame, { placeholder: "Where do its plugins lie?", items, active });
  return typeof chosen === "object" ? { ...form, place: chosen.place } : chosen;
}

const clusterWords: Readonly<Record<keyof KubernetesTarget, readonly [prompt: string, placeholder: string]>> = {
  context: ["Context of the kubeconfig. Empty for the current one.", "production"],
  namespace: ["Namespace of the host. Empty for the context's own.", "plugins"],
  selector: ["Labels of the host's pods. Empty for the usual ones.", "app=ui"],
  container: ["Container in these pods. Empty for the usual one.", "ui"],
  directory: ["Folder of plugins in the container.", "/data/plugins"],
};

async function askCluster(key: keyof KubernetesTarget, form: HostForm, frame: Frame): Answer {
  const [prompt, placeholder] = clusterWords[key];
  const value = form.kubernetes?.[key] ?? "";
  const text = await askText(frame, { prompt, placeholder, value, check: () => undefined });
  if (text === undefined || text === "back") return text;
  const { [key]: _, ...others } = form.kubernetes ?? {};
  return { ...form, kubernetes: text === "" ? others : { ...others, [key]: text } };
}

const directoryWords = {
  prompt: "Folder of plugins on this machine, or on a volume that is mounted here.",
  placeholder: "~/host/plugins",
  lacking: "write the folder's path",
};

async function askField({ key, takes, about, example }: HostField, form: HostForm, frame: Frame): Answer {
  const former = form.own?.[key];
  const text = await askText(frame, {
    prompt: `${about.replace(/^[^:]*: /, "").replace(/^./, (letter) => letter.toUpperCase())} May stay empty.`,
    placeholder: example.replace(/^\["|"\]$|^"|"$/g, "").replace(/", "/g, " "),
    value: typeof former === "object" ? former.map(quoted).join(" ") : (former ?? ""),
    check: () => undefined,
  });
  if (text === undefined || text === "back") return text;
  const { [key]: _, ...others } = form.own ?? {};
  if (text === "") return { ...form, own: others };
  return { ...form, own: { ...others, [key]: takes === "words" ? wordsIn(text) : text } };
}

/** A command line as its words; quotes hold words with blanks together. No shell reads it. */
function wordsIn(text: string): readonly string[] {
  return [...text.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? "",
  );
}

const quoted = (word: string): string =>
  /^[^\s"']+$/.test(word) ? word : word.includes('"') ? `'${word}'` : `"${word}"`;
