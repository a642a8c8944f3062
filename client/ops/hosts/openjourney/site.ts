// Where an OpenJourney host is: the cluster, the registry, and the project whose plugins run there, as far as the row tells.
import { access } from "node:fs/promises";
import path from "node:path";
import { type ClusterPlace, type Kustomize, kustomizeAt } from "../../transports/kubernetes/index.js";
import { type Kubectl, kubectlAt } from "../../transports/kubernetes/kubectl.js";
import { type Run, runOf } from "../../transports/process.js";
import type { HostConfig, HostIo } from "../host.js";
import { ownText } from "../hostFields.js";
import { registryOf } from "./conventions.js";

export interface Site {
  readonly config: HostConfig;
  /** The host's name in quotes, as messages call it. */
  readonly host: string;
  readonly run: Run;
  readonly place: ClusterPlace;
  readonly kubectl: Kubectl;
  readonly kustomize: Kustomize;
  readonly registry: string;
  readonly overlay?: string;
}

export function siteOf(config: HostConfig, io: HostIo): Site {
  const run = runOf(io);
  const { context, namespace } = config.kubernetes ?? {};
  const place: ClusterPlace = { ...(context && { context }), ...(namespace && { namespace }) };
  const overlay = ownText(config, "overlay");
  return {
    config,
    host: `"${config.name}"`,
    run,
    place,
    kubectl: kubectlAt(run, place),
    kustomize: kustomizeAt(run, place),
    registry: registryOf(config),
    ...(overlay === undefined ? {} : { overlay }),
  };
}

/** The project above an overlay: the first folder that has `plugins`. */
export async function projectAbove(overlay: string): Promise<string | undefined> {
  for (let folder = path.resolve(overlay); ; folder = path.dirname(folder)) {
    const found = await access(path.join(folder, "plugins")).then(
      () => true,
      () => false,
    );
    if (found) return folder;
    if (folder === path.dirname(folder)) return undefined;
  }
}
