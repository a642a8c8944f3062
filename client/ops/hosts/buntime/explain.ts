// Every answer of a Buntime host that is not a success, as one sentence with the next step.
// The rows follow the error tables of Buntime v0.2.15 to v0.5.4; what no row knows is told with the host's own words.
import { parsedJson } from "../../parsedJson.js";
import type { HttpAnswer } from "../../transports/http.js";
import { tryAgain } from "../../transports/retryAfter.js";
import { HostError, type HostErrorKind } from "../hostError.js";

interface Meaning {
  readonly kind: HostErrorKind;
  readonly message: string;
  readonly next: string;
  readonly answerLost?: true;
}

/** What was asked, for the sentences: the step, the host and the plugin when there is one. */
export interface Asked {
  readonly step: string;
  /** Its name in quotes. */
  readonly host: string;
  /** Where it was asked, for sentences in which the address itself may be wrong. */
  readonly address: string;
  readonly plugin?: string;
  readonly hasToken: boolean;
}

export function explain(answer: HttpAnswer, asked: Asked): HostError {
  const body = bodyOf(answer);
  const meaning = meaningOf(answer, body, asked);
  return new HostError({ ...meaning, step: asked.step, status: answer.status, said: body.said });
}

/** The body of a success as JSON; anything else is an error that says what came instead. */
export function jsonOf(answer: HttpAnswer, asked: Asked): unknown {
  if (answer.status < 200 || answer.status > 299) throw explain(answer, asked);
  try {
    return JSON.parse(answer.text);
  } catch (cause) {
    throw new HostError({
      ...notJson(answer, asked),
      step: asked.step,
      status: answer.status,
      said: bodyOf(answer).said,
      cause,
    });
  }
}

interface Body {
  readonly code?: string;
  readonly said: string;
  readonly html: boolean;
}

function bodyOf(answer: HttpAnswer): Body {
  const html = answer.type === "text/html" || /^\s*<(!doctype|html)/i.test(answer.text);
  if (html) return { html, said: shortened(/<title[^>]*>([^<]*)<\/title>/i.exec(answer.text)?.[1] ?? "") };
  const value = parsedJson(answer.text);
  if (typeof value !== "object" || value === null) return { html, said: shortened(answer.text) };
  const read = (key: string) => {
    const field: unknown = Reflect.get(value, key);
    return typeof field === "string" ? field : undefined;
  };
  const code = read("code");
  return { html, said: shortened(read("message") ?? read("error") ?? ""), ...(code === undefined ? {} : { code }) };
}

function meaningOf(answer: HttpAnswer, body: Body, asked: Asked): Meaning {
  const { status } = answer;
  // A proxy says these two in a page of its own, and means them.
  const meant = status === 413 || status === 429;
  if (body.html && status < 500 && !meant) return htmlPage(status, asked);
  const byCode = body.code === undefined ? undefined : codes[body.code];
  if (byCode !== undefined) return byCode(asked, body.said);
  if (status === 401) return unauthorised(asked);
  if (status === 403) return forbidden(asked, body.said);
  if (status === 404) return notFound(asked);
  if (status === 413) return tooLarge(asked);
  if (status === 429) return tooMany(asked, answer.headers);
  if (status === 502 || status === 503 || status === 504) return gateway(status, asked);
  if (/ENOSPC|no space left/i.test(body.said)) return diskFull(asked);
  if (status >= 500) return failed(asked);
  return {
    kind: "refused",
    message: `${asked.host} refused the ${asked.step} with status ${status}`,
    next: "look in the host's log for this moment",
  };
}

const codes: Readonly<Record<string, (asked: Asked, said: string) => Meaning>> = {
  AUTH_REQUIRED: unauthorised,
  PERMISSION_DENIED: (asked, said) => {
    const permission = /plugins:[a-z]+/.exec(said)?.[0] ?? "the permission for this";
    return {
      kind: "forbidden",
      message: `the key for ${asked.host} lacks ${permission}, which the ${asked.step} needs`,
      next: "sign in with a key of role editor or admin, or ask for that permission",
    };
  },
  NAMESPACE_DENIED: (asked) => ({
    kind: "forbidden",
    message: `the key for ${asked.host} is limited to other scopes than that of ${quoted(asked.plugin)}`,
    next: "sign in with a key for this scope, or rename the plugin into a scope the key covers",
  }),
  BUILT_IN_PLUGIN_REMOVE_FORBIDDEN: (asked) => ({
    kind: "forbidden",
    message: `${quoted(asked.plugin)} is built into ${asked.host} and can't be removed`,
    next: "disable it instead, or change the host's image",
  }),
  PLUGIN_NOT_FOUND: (asked) => ({
    kind: "missing",
    message: `${asked.host} has no files of ${quoted(asked.plugin)}`,
    next: "refresh the list; someone may have removed it already",
  }),
  INVALID_MULTIPART_FORM: (asked) => ({
    kind: "refused",
    message: `${asked.host} could not read the upload as a form; something between here and the host changed it`,
    next: "upload from a network without a rewriting proxy, or ask who runs the proxy",
  }),
  NO_FILE_PROVIDED: (asked) => ({
    kind: "refused",
    message: `the upload reached ${asked.host} without its file; something between here and the host dropped it`,
    next: "upload from a network without a rewriting proxy, or ask who runs the proxy",
  }),
  INVALID_FILE_TYPE: (asked) => ({
    kind: "refused",
    message: `${asked.host} takes only .tgz, .tar.gz and .zip archives`,
    next: "package the plugin again",
  }),
  PATH_TRAVERSAL: (asked) => ({
    kind: "refused",
    message: `${asked.host} refuses ${quoted(asked.plugin)} because its name leaves the plugins directory`,
    next: 'rename the plugin to the form "plugin" or "@scope/plugin"',
  }),
  NO_PLUGIN_DIRS: (asked) => ({
    kind: "refused",
    message: `${asked.host} has no directory for uploaded plugins; every one it has is hidden or built in`,
    next: "add a directory to RUNTIME_PLUGIN_DIRS of the host and restart it",
  }),
};

function unauthorised(asked: Asked): Meaning {
  return asked.hasToken
    ? {
        kind: "unauthorised",
        message: `${asked.host} does not accept the key`,
        next: "sign in again with a key that is valid on this host",
      }
    : { kind: "unauthorised", message: `${asked.host} wants a key`, next: "sign in to this host" };
}

function forbidden(asked: Asked, said: string): Meaning {
  if (!/^Forbidden/.test(said)) {
    return {
      kind: "forbidden",
      message: `${asked.host} forbids the ${asked.step}`,
      next: "check the key's role, and whether a proxy in front of the host filters such requests",
    };
  }
  return {
    kind: "forbidden",
    message: `${asked.host} refuses the ${asked.step} because of its Origin rule: the address used here, ${asked.address}, is not the one it is called by`,
    next: "use as url exactly the name and port that reach the host, and check that the proxy passes Host and Origin on",
  };
}

function notFound(asked: Asked): Meaning {
  return {
    kind: "missing",
    message: `${asked.host} does not know the address used for the ${asked.step}`,
    next: "check the host's url; if it is right, this Buntime is too old for it or the plugin is gone",
  };
}

function tooLarge(asked: Asked): Meaning {
  return {
    kind: "refused",
    message: `the upload is too large for ${asked.host} or a proxy in front of it; Buntime takes up to 128 MiB, an nginx ingress often less`,
    next: "leave files out with .pluginignore, or raise the proxy's body size",
  };
}

function tooMany(asked: Asked, headers: Headers): Meaning {
  const message = `${asked.host} takes no more requests at the moment`;
  return { kind: "refused", message, next: tryAgain(headers) };
}

function gateway(status: number, asked: Asked): Meaning {
  return {
    kind: "unreachable",
    message: `a proxy answered for ${asked.host} that Buntime behind it can't be reached (status ${status})`,
    next: "check that Buntime is running; it may be restarting, or stopped by a plugin that breaks its start",
    // The proxy may have passed the request on.
    answerLost: true,
  };
}

function diskFull(asked: Asked): Meaning {
  return {
    kind: "refused",
    message: `the disk of ${asked.host} is full`,
    next: "make room on the host's plugins volume, then try again",
  };
}

function failed(asked: Asked): Meaning {
  if (asked.step === "upload") {
    return {
      kind: "refused",
      message: `${asked.host} did not accept the archive or its manifest`,
      next: "package the plugin again and look at its manifest's problems; the host's log has the cause",
    };
  }
  if (asked.step === "reload") {
    return {
      kind: "refused",
      message: `the reload failed on ${asked.host}; all its plugins are unloaded until a reload succeeds`,
      next: 'find the manifest whose "dependencies" or "optionalDependencies" are not a list, correct or remove that plugin and reload',
    };
  }
  return {
    kind: "refused",
    message: `${asked.host} failed inside during the ${asked.step}`,
    next: "look in the host's log for this moment",
  };
}

function htmlPage(status: number, asked: Asked): Meaning {
  return {
    kind: status === 401 || status === 403 ? "unauthorised" : "refused",
    message: `${asked.host} answered the ${asked.step} with a web page (status ${status}) instead of Buntime's API; a proxy, a sign-in page or another server is at ${asked.address}`,
    next: "check the host's url, and that the API is reachable without a browser sign-in",
  };
}

function notJson(answer: HttpAnswer, asked: Asked): Meaning {
  if (bodyOf(answer).html) return htmlPage(answer.status, asked);
  const what = answer.text === "" ? "nothing" : "something that is not JSON";
  return {
    kind: "refused",
    message: `${asked.host} answered the ${asked.step} with ${what}`,
    next: "check the host's url, then refresh to see what the host has",
    answerLost: true,
  };
}

function quoted(plugin: string | undefined): string {
  return plugin === undefined ? "this plugin" : `"${plugin}"`;
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}
