// The one error that operations throw: what failed at which step, in the host's words and in ours, and what to do next.
// Texts are masked before they come here; `maskSecrets` is the one place that knows how.
import type { Finding } from "./host.js";

export type HostErrorKind =
  | "unreachable"
  | "unauthorised"
  | "forbidden"
  | "refused"
  | "missing"
  | "unsupported"
  | "tool"
  | "cancelled";

export interface HostErrorDetails {
  readonly kind: HostErrorKind;
  /** The step that failed, as a verb: `upload`, `reload`, `package`. */
  readonly step: string;
  readonly message: string;
  /** What to do next. */
  readonly next: string;
  /** The host's own words, shortened. */
  readonly said?: string;
  readonly status?: number;
  /** What the host has now, where a change may have begun. */
  readonly hostNow?: string;
  /** What speaks against it, one by one; the message has the first. */
  readonly findings?: readonly Finding[];
  /** True when the host was reached or tried and did not answer in time. */
  readonly timedOut?: boolean;
  /** True when what was asked for may have been done all the same: its answer did not come, broke off, or made no sense. */
  readonly answerLost?: boolean;
  /** True when the host was changed and has been put back to what it had. */
  readonly isAsBefore?: boolean;
  readonly cause?: unknown;
}

export class HostError extends Error {
  override readonly name = "HostError";
  readonly kind: HostErrorKind;
  readonly step: string;
  readonly next: string;
  readonly said?: string;
  readonly status?: number;
  readonly hostNow?: string;
  readonly findings: readonly Finding[];
  readonly timedOut: boolean;
  readonly answerLost: boolean;
  readonly isAsBefore: boolean;

  constructor(details: HostErrorDetails) {
    super(details.message, details.cause === undefined ? undefined : { cause: details.cause });
    this.kind = details.kind;
    this.step = details.step;
    this.next = details.next;
    this.findings = details.findings ?? [];
    this.timedOut = details.timedOut === true;
    this.answerLost = details.answerLost === true;
    this.isAsBefore = details.isAsBefore === true;
    if (details.said !== undefined && details.said !== "") this.said = details.said;
    if (details.status !== undefined) this.status = details.status;
    if (details.hostNow !== undefined) this.hostNow = details.hostNow;
  }
}

/** The whole error in one text: what is wrong, the words of the host or of the program, what the host has now, the next step. */
export function errorText(error: HostError): string {
  const who = error.kind === "tool" ? "it" : "the host";
  const said = error.said === undefined ? "" : ` (${who} said: "${error.said}")`;
  const now = error.hostNow === undefined ? "" : `; ${error.hostNow}`;
  return `${error.message}${said}${now}; ${error.next}`;
}

/** The same error, with what the host now has added or replaced. That is known by this, whatever answer was lost. */
export function withHostNow(error: HostError, hostNow: string): HostError {
  return new HostError({ ...detailsOf(error), hostNow, answerLost: false });
}

/** The same error, with what the host may have as far as its adapter can tell; whoever knows another way may ask. */
export function withHostMaybe(error: HostError, hostNow: string): HostError {
  return new HostError({ ...detailsOf(error), hostNow });
}

/** The same error with another next step, for a caller whose users go another way. */
export function withNext(error: HostError, next: string): HostError {
  const { hostNow } = error;
  return new HostError({ ...detailsOf(error), next, ...(hostNow === undefined ? {} : { hostNow }) });
}

/** The same error of a request that may have been done all the same. */
export function withAnswerLost(error: HostError): HostError {
  return new HostError({ ...detailsOf(error), answerLost: true });
}

/** The same error of a change that was taken back whole. */
export function withAllPutBack(error: HostError, hostNow: string): HostError {
  return new HostError({ ...detailsOf(error), hostNow, isAsBefore: true });
}

export function cancelled(step: string, hostNow: string): HostError {
  return new HostError({
    kind: "cancelled",
    step,
    message: `the ${step} was cancelled`,
    hostNow,
    next: "start it again when you are ready",
  });
}

function detailsOf(error: HostError): HostErrorDetails {
  return {
    kind: error.kind,
    step: error.step,
    message: error.message,
    next: error.next,
    findings: error.findings,
    timedOut: error.timedOut,
    answerLost: error.answerLost,
    isAsBefore: error.isAsBefore,
    ...(error.said === undefined ? {} : { said: error.said }),
    ...(error.status === undefined ? {} : { status: error.status }),
    ...(error.cause === undefined ? {} : { cause: error.cause }),
  };
}
