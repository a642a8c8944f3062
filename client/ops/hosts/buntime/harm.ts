// Which plugins take a Buntime down with them: one that hangs or breaks the reload, and one whose entry does not parse, which would hang
// the next reload (Buntime v0.5.4 on Bun 1.3.12). Every plugin is unloaded until such a one goes.
import type { Harm, Mishap } from "../host.js";

export function harmOf(name: string, mishap: Mishap): Harm | undefined {
  if (mishap.at === "verification") {
    const cause = mishap.findings.find(({ code }) => code === "buntime/entry-syntax");
    if (cause === undefined || mishap.code !== "buntime/start-failed") return undefined;
    return {
      code: cause.code,
      reason: cause.message,
      next: "correct the entry and deploy again, or roll back to the bundle before it",
    };
  }
  const { timedOut, status } = mishap.error;
  const next = "correct it and deploy again, or roll back to the bundle before it";
  if (timedOut) {
    const reason = `the host's reload did not answer after "${name}" was sent: its entry probably does not parse, or its start never ends`;
    return { code: "buntime/reload-hung", reason, next };
  }
  if (status !== 500) return undefined;
  const reason = `the host's reload failed after "${name}" was sent: its manifest probably has dependencies that are not a list`;
  return { code: "buntime/reload-failed", reason, next };
}
