// What a cluster says when it is asked how things stand: versions, and what the user may do there.
import { HostError } from "../../hosts/hostError.js";
import { printedJson, textAt } from "./json.js";
import type { Kubectl } from "./kubectl.js";

export interface Right {
  readonly verb: string;
  /** `pods`, `pods/exec`, `deployments.apps`. */
  readonly resource: string;
}

export interface Doctor {
  /** The kubectl of this machine and the server of the cluster, as `v1.32.4`. */
  versions(signal: AbortSignal): Promise<{ readonly client: string; readonly server: string }>;
  /** The rights that are missing. */
  missing(rights: readonly Right[], signal: AbortSignal): Promise<readonly Right[]>;
}

/** What copying, reading logs and restarting need. */
export const copyRights: readonly Right[] = [
  { verb: "list", resource: "pods" },
  { verb: "create", resource: "pods/exec" },
];
export const logRights: readonly Right[] = [{ verb: "get", resource: "pods/log" }];

export function doctorAt(kubectl: Kubectl): Doctor {
  return {
    versions: async (signal) => {
      const { out } = await kubectl({
        step: "doctor",
        args: ["version", "--output=json", "--request-timeout=10s"],
        signal,
      });
      const said = printedJson("doctor", out);
      const version = (side: string) => textAt(said, side, "gitVersion") ?? "unknown";
      return { client: version("clientVersion"), server: version("serverVersion") };
    },
    missing: async (rights, signal) => {
      const missing: Right[] = [];
      for (const right of rights) if (!(await may(kubectl, right, signal))) missing.push(right);
      return missing;
    },
  };
}

async function may(kubectl: Kubectl, { verb, resource }: Right, signal: AbortSignal): Promise<boolean> {
  const [kind = "", part] = resource.split("/");
  const args = ["auth", "can-i", verb, kind, ...(part === undefined ? [] : [`--subresource=${part}`])];
  const { out, err } = await kubectl({ step: "doctor", args, signal, answers: [1] });
  const answer = /^(yes|no)\b/m.exec(out)?.[1];
  if (answer !== undefined) return answer === "yes";
  const next = "try again, or ask the cluster's operator";
  throw new HostError({
    kind: "tool",
    step: "doctor",
    message: `the cluster does not say whether you may ${verb} ${resource}`,
    said: err.trim(),
    next,
  });
}
