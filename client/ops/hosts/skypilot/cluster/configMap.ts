// The ConfigMap that holds a release's plugins: plugins.yaml, remote_plugins.yaml and wheels. It is replaced only as it was read, so
// that nobody's change in between is lost.

import { printedJson, textAt, valueAt } from "../../../transports/kubernetes/json.js";
import { definedOf, isRecord } from "../../../values.js";
import { HostError } from "../../hostError.js";
import type { ClusterServer } from "./place.js";

export interface Content {
  readonly texts: ReadonlyMap<string, string>;
  /** Base64. */
  readonly binaries: ReadonlyMap<string, string>;
  /** Of each wheel that was sent from here, the digest of its sources and of itself: `CONTENTS SHA256`. */
  readonly sent: ReadonlyMap<string, string>;
}

export interface ConfigMap extends Content {
  readonly version: string;
}

/** A cluster takes no more than this of keys and values together. */
const most = 1024 * 1024;

export const nothing: Content = { texts: new Map(), binaries: new Map(), sent: new Map() };

const sentPrefix = "plugsmith/sent-";

/** Undefined where there is none. */
export async function configMapOf(
  { kubectl }: ClusterServer,
  name: string,
  step: string,
  signal: AbortSignal,
): Promise<ConfigMap | undefined> {
  const args = ["get", "configmap", name, "--output=json", "--ignore-not-found", "--request-timeout=20s"];
  const { out } = await kubectl({ step, args, signal });
  if (out.trim() === "") return undefined;
  const found = printedJson(step, out);
  return {
    texts: textsIn(valueAt(found, "data")),
    binaries: textsIn(valueAt(found, "binaryData")),
    sent: sentIn(textsIn(valueAt(found, "metadata", "annotations"))),
    version: textAt(found, "metadata", "resourceVersion") ?? "",
  };
}

/** `former`: as it was read; a cluster that has another one by now refuses. */
export async function writeConfigMap(
  { kubectl, where }: ClusterServer,
  name: string,
  content: Content,
  former: ConfigMap | undefined,
  act: { readonly step: string; readonly signal: AbortSignal },
): Promise<void> {
  const size = [...content.texts, ...content.binaries].reduce(
    (sum, [key, value]) => sum + key.length + value.length,
    0,
  );
  if (size > most) {
    throw new HostError({
      kind: "refused",
      step: act.step,
      message: `the ConfigMap "${name}" would have ${Math.ceil(size / 1024)} KiB; a cluster takes up to 1024`,
      next: "bring the wheel in another way: in the server's image, on a volume, or from an index by apiService.preDeployHook",
      hostNow: `${where} has what it had`,
    });
  }
  const manifest = manifestOf(name, content, former?.version);
  const verb = former === undefined ? "create" : "replace";
  await kubectl({ ...act, args: [verb, "--filename=-"], input: Buffer.from(JSON.stringify(manifest)) });
}

export async function deleteConfigMap({ kubectl }: ClusterServer, name: string, step: string, signal: AbortSignal) {
  await kubectl({ step, args: ["delete", "configmap", name, "--ignore-not-found"], signal });
}

function manifestOf(name: string, { texts, binaries, sent }: Content, resourceVersion?: string) {
  const annotations = Object.fromEntries([...sent].map(([key, value]) => [sentPrefix + key, value]));
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name, ...definedOf({ resourceVersion }), ...(sent.size === 0 ? {} : { annotations }) },
    data: Object.fromEntries(texts),
    ...(binaries.size === 0 ? {} : { binaryData: Object.fromEntries(binaries) }),
  };
}

function sentIn(annotations: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const own = [...annotations].filter(([key]) => key.startsWith(sentPrefix));
  return new Map(own.map(([key, value]) => [key.slice(sentPrefix.length), value]));
}

function textsIn(value: unknown): ReadonlyMap<string, string> {
  const rows = isRecord(value) ? Object.entries(value) : [];
  return new Map(rows.flatMap(([key, text]) => (typeof text === "string" ? [[key, text] as const] : [])));
}
