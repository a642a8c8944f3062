// What an operation refuses before anything is sent.
import type { Finding, PluginHost } from "../hosts/host.js";
import { HostError } from "../hosts/hostError.js";

/** By the errors among the findings, of which the others are told too. */
export function stopped(
  step: string,
  findings: readonly Finding[],
  now: string,
  advice = "correct the problems and try again",
): HostError {
  const errors = findings.filter((finding) => finding.severity === "error");
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : "";
  return new HostError({
    kind: "refused",
    step,
    message: `${errors[0]?.message ?? "the plugin has problems"}${more}`,
    next: `${now}; ${advice}`,
    findings,
  });
}

export function notOffered(host: PluginHost): HostError {
  const { name } = host.config;
  // The files can be put there, and nothing tells the host to load them, or what it runs.
  if (host.upload !== undefined) {
    return new HostError({
      kind: "unsupported",
      step: "deployment",
      message: `"${name}" can be given files, and can't be told to load them from here`,
      next: 'upload instead, or add a "url" to the host, so that it can be reloaded and read back',
    });
  }
  return new HostError({
    kind: "unsupported",
    step: "deployment",
    message: `plugins can't be deployed to ${host.config.system} hosts from here yet`,
    next: "use the way of the system's own guide",
  });
}
