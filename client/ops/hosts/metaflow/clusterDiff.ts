// What applying the manifest that holds a PLUGINS value would change in the cluster, asked of kubectl beforehand. Beside the value that
// is others' changes: what was edited in the cluster by hand, and would be undone. Values may be credentials and are left out.

import type { Kubectl } from "../../transports/kubernetes/kubectl.js";
import { kubectlError } from "../../transports/kubernetes/kubectlError.js";
import { objectDiffs, withoutValues } from "../../transports/kubernetes/objectDiffs.js";
import type { Change } from "../host.js";
import { HostError } from "../hostError.js";

/** `text`: the manifest as it would read. What can't be compared is said, and stops nothing. */
export async function clusterChanges(kubectl: Kubectl, text: string, signal: AbortSignal): Promise<readonly Change[]> {
  const apply = { what: "kubectl apply of the manifest with PLUGINS", where: "the cluster" };
  try {
    const found = objectDiffs(withoutValues(await diffOf(kubectl, text, signal)));
    if (found.length === 0) return [{ action: "keep", ...apply, detail: "every object is as it is in the cluster" }];
    return found.map(({ object, before, after }) => {
      const action = before.trim() === "" ? "add" : "replace";
      if (/(^|\.)(Secret|ConfigMap)\./.test(object))
        return { action, what: object, where: apply.where, detail: "its values are not shown" };
      return { action, what: object, where: apply.where, diff: { file: object, before, after } };
    });
  } catch (error) {
    if (!(error instanceof HostError) || error.kind === "cancelled") throw error;
    return [{ action: "run", ...apply, detail: `what it changes could not be compared: ${error.message}` }];
  }
}

/** Exit code 1 stands for differences, and in some versions for failures as well, which print no difference. */
async function diffOf(kubectl: Kubectl, text: string, signal: AbortSignal): Promise<string> {
  const args = ["diff", "--filename=-"];
  const result = await kubectl({ step: "plan", args, signal, input: Buffer.from(text), timeout: 60_000, answers: [1] });
  if (result.code === 0 || result.out.trim() !== "") return result.out;
  throw kubectlError({ step: "plan", command: "kubectl", args, signal }, result, {});
}
