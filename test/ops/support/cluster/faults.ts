// What goes wrong in a test cluster, once or more often: said by the request it concerns and what happens then.

/**
 * - "forbidden", "unauthorized", "error", "unavailable": the answer that an API server gives then;
 * - "hangUp": the connection is closed without an answer; "silence": there never is an answer;
 * - `{ breakAfter }`: a stream breaks after so many bytes that were sent to the container;
 * - `{ slow }`: milliseconds before anything happens;
 * - a function: it runs, and then the request goes on as if nothing were.
 */
export type Fault =
  | "forbidden"
  | "unauthorized"
  | "error"
  | "unavailable"
  | "hangUp"
  | "silence"
  | { readonly breakAfter: number }
  | { readonly slow: number }
  | (() => void | Promise<void>);

export interface Faults {
  /** `on` is compared with "GET /api/v1/namespaces/x/pods?…" and, for a command in a container, with "exec POD tar -x …". */
  add(on: RegExp, fault: Fault, times?: number): void;
  /** The fault that this request meets now; it counts. */
  next(request: string): Fault | undefined;
  /** Whether one still waits that may concern requests of these methods: `GET`, `exec`, `can-i`. */
  waiting(methods: readonly string[]): boolean;
}

export function createFaults(): Faults {
  const waiting: { readonly on: RegExp; readonly fault: Fault; times: number }[] = [];
  return {
    add: (on, fault, times = 1) => void waiting.push({ on, fault, times }),
    next: (request) => {
      const found = waiting.find((one) => one.times > 0 && one.on.test(request));
      if (found === undefined) return undefined;
      found.times -= 1;
      return found.fault;
    },
    waiting: (methods) =>
      waiting.some(({ on, times }) => {
        const named = on.source.split("|").map((one) => /^\^?([A-Za-z-]+) /.exec(one)?.[1]);
        return times > 0 && named.some((method) => method === undefined || methods.includes(method));
      }),
  };
}

export interface Status {
  readonly code: number;
  readonly reason: string;
  readonly message: string;
}

export function statusOf(fault: "forbidden" | "unauthorized" | "error" | "unavailable", what: string): Status {
  if (fault === "forbidden")
    return {
      code: 403,
      reason: "Forbidden",
      message: `${what} is forbidden: User "dev" cannot do this in the namespace`,
    };
  if (fault === "unauthorized") return { code: 401, reason: "Unauthorized", message: "Unauthorized" };
  if (fault === "error")
    return { code: 500, reason: "InternalError", message: "an error on the server has prevented this" };
  return { code: 503, reason: "ServiceUnavailable", message: "the server is currently unable to handle the request" };
}
