// One bounded, cancellable request to one origin: what came back, or a HostError that says how far it got.
// It follows no redirect, sends nothing to another origin, and knows no host's meaning of a status.
import { HostError, type HostErrorDetails } from "../hosts/hostError.js";
import { maskError, maskSecret } from "../hosts/secrets.js";

export interface HttpRequest {
  /** The user's step, for messages: `list`, `upload`. */
  readonly step: string;
  readonly method: "GET" | "POST" | "DELETE";
  readonly url: string;
  readonly body?: FormData | string;
  readonly timeout: number;
  readonly signal: AbortSignal;
}

export interface HttpAnswer {
  readonly status: number;
  readonly type: string;
  /** The body as text, masked. */
  readonly text: string;
  /** The body as it came, for files: neither masked nor to be shown. */
  readonly bytes: Uint8Array;
  readonly headers: Headers;
  readonly url: string;
}

export interface HttpOptions {
  readonly origin: string;
  /** What messages call the host, where its address says nothing more. */
  readonly host: string;
  readonly fetch?: typeof fetch;
  /** Headers for this origin alone, credentials included. */
  readonly headers: Readonly<Record<string, string>>;
  /** The credential to keep out of every text. */
  readonly secret?: string;
  /** Further ones. */
  readonly secrets?: readonly string[];
  readonly maxBytes?: number;
}

export type Http = (request: HttpRequest) => Promise<HttpAnswer>;

const resetCodes = ["ECONNRESET", "EPIPE", "UND_ERR_SOCKET", "ECONNABORTED"];
const defaultMaxBytes = 10 * 1024 * 1024;

export function httpTo(options: HttpOptions): Http {
  const send = options.fetch ?? fetch;
  const secrets = [...(options.secret === undefined ? [] : [options.secret]), ...(options.secrets ?? [])];
  const masked = (text: string) => secrets.reduce(maskSecret, text);
  return async (request) => {
    const target = URL.parse(request.url);
    if (target === null || target.origin !== options.origin) {
      throw foreign(request.step, options.origin, masked(request.url));
    }
    // A timer of our own keeps the process alive until there is an answer: AbortSignal.timeout doesn't, and where fetch never
    // settles (a peer that closes each connection at once), a terminal command would end in silence.
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), request.timeout);
    const timeout = late.signal;
    const signal = AbortSignal.any([request.signal, timeout]);
    const progress: Progress = { isSent: false, bytes: 0 };
    try {
      signal.throwIfAborted();
      progress.isSent = true;
      const init: RequestInit = {
        method: request.method,
        headers: options.headers,
        signal,
        ...(request.body instanceof FormData ? STREAMED : { redirect: "manual" }),
        ...(request.body === undefined ? {} : { body: request.body }),
      };
      const response = await send(target.href, init).catch((error: unknown) => {
        // A kept-alive connection that the host closed meanwhile: reading again does no harm, once.
        if (wasRedirected(error)) throw redirected(request.step, undefined, "another address", target, options.host);
        if (request.method !== "GET" || signal.aborted || !resetCodes.includes(codeOf(error))) throw error;
        return send(target.href, init);
      });
      progress.status = response.status;
      const location = response.headers.get("location");
      if (response.status >= 300 && response.status < 400 && location !== null) {
        await response.body?.cancel();
        throw redirected(request.step, response.status, masked(location), target, options.host);
      }
      const bytes = await boundedBody(response, options.maxBytes ?? defaultMaxBytes, request.step, progress);
      return {
        status: response.status,
        type: (response.headers.get("content-type") ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "",
        text: masked(new TextDecoder().decode(bytes)),
        bytes,
        headers: response.headers,
        url: target.href,
      };
    } catch (error) {
      throw translated(error, request, timeout, progress, target, { host: options.host, secrets });
    } finally {
      clearTimeout(timer);
    }
  };
}

/** For files that are read while they are sent: asked for anything else, `fetch` keeps all of a body for a second try. */
const STREAMED = { redirect: "error", window: null } as const;

/** `fetch` says so in words alone. */
const wasRedirected = (error: unknown): boolean =>
  error instanceof TypeError && error.cause instanceof Error && error.cause.message === "unexpected redirect";

interface Progress {
  isSent: boolean;
  status?: number;
  bytes: number;
}

async function boundedBody(response: Response, limit: number, step: string, progress: Progress): Promise<Uint8Array> {
  if (response.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks);
    progress.bytes += value.byteLength;
    if (progress.bytes > limit) {
      await reader.cancel();
      throw new HostError({
        kind: "refused",
        step,
        status: response.status,
        message: `the answer is larger than ${Math.round(limit / 1024 / 1024)} MiB, which no plugin host sends`,
        next: "check that the host's address is the plugin host's",
      });
    }
    chunks.push(value);
  }
}

function translated(
  error: unknown,
  request: HttpRequest,
  timeout: AbortSignal,
  progress: Progress,
  target: URL,
  { secrets, host }: { readonly secrets: readonly string[]; readonly host: string },
): HostError {
  // A program that carries the request, as into a pod, knows only that it was ended, and not that it was late.
  const wasLate = timeout.aborted && !request.signal.aborted;
  if (error instanceof HostError && !(error.kind === "cancelled" && wasLate)) return error;
  const cause = secrets.reduce(maskError, error);
  const { step } = request;
  if (request.signal.aborted) {
    const next = "start it again when you are ready";
    const answerLost = progress.isSent;
    return new HostError({ kind: "cancelled", step, answerLost, message: `the ${step} was cancelled`, next, cause });
  }
  const details = { kind: "unreachable", step, answerLost: true, cause } as const;
  if (timeout.aborted) {
    const seconds = Math.max(1, Math.round(request.timeout / 1000));
    const message = `${host} did not answer within ${seconds} s`;
    return new HostError({
      ...details,
      timedOut: true,
      message,
      next: "check that the host is up and not busy, then try again",
    });
  }
  if (progress.status !== undefined) {
    const message = `${host} closed the connection in the middle of its answer (status ${progress.status}, ${progress.bytes} bytes read)`;
    return new HostError({
      ...details,
      status: progress.status,
      message,
      next: "refresh to see what the host has, then try again",
    });
  }
  return new HostError({ ...details, ...unreachable(host, target, codeOf(error)) });
}

/** `answerLost`: false where no connection came about, so that nothing was asked. */
function unreachable(
  host: string,
  target: URL,
  code: string,
): Pick<HostErrorDetails, "message" | "next" | "answerLost"> {
  const answerLost = false;
  if (code === "ECONNREFUSED") {
    return { message: `nothing listens at ${target.host}`, next: "start the host or correct its url", answerLost };
  }
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") {
    return {
      message: `the name ${target.hostname} is not known here`,
      next: "correct the host's url or connect to its network",
      answerLost,
    };
  }
  if (/CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO_VERIFY|LEAF_SIGNATURE/.test(code)) {
    const message = `the certificate of ${target.host} is not trusted (${code})`;
    const next = "name the authority's PEM file in the host's ca setting or correct the host's url";
    return { message, next, answerLost };
  }
  if (resetCodes.includes(code)) {
    return {
      message: `${host} closed the connection without an answer`,
      next: "refresh to see what the host has, then try again",
    };
  }
  const message = `${host} could not be reached at ${target.host}${code === "" ? "" : ` (${code})`}`;
  return { message, next: "check the host's url and the network, then try again" };
}

function redirected(step: string, status: number | undefined, location: string, target: URL, host: string): HostError {
  // An upload isn't told where to.
  const to = status === undefined ? null : URL.parse(location, target.href);
  const where = to === null ? location : `${to.origin}${to.pathname}`;
  const said = status === undefined ? "" : ` (status ${status})`;
  return new HostError({
    kind: "refused",
    step,
    ...(status !== undefined && { status }),
    message: `${host} redirects to ${where}${said}; no credential was sent there`,
    next: "if that is the plugin host, make it the host's url; if it is a sign-in page, use an address that reaches the API",
  });
}

function foreign(step: string, origin: string, url: string): HostError {
  return new HostError({
    kind: "refused",
    step,
    message: `the host at ${origin} names an address elsewhere (${url}); nothing was sent there`,
    next: "check the host's url",
  });
}

/** The system's or undici's code, wherever in the chain of causes it stands. */
function codeOf(error: unknown): string {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if ("code" in at && typeof at.code === "string") return at.code;
  }
  return "";
}
