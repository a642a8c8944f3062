// What an answer means that is no list of plugins. The service itself has no sign-in and answers any wrong path with the page,
// so most of these are the words of a proxy, or of the page's own server.
import type { HttpAnswer } from "../../transports/http.js";
import { tryAgain } from "../../transports/retryAfter.js";
import { HostError, type HostErrorKind } from "../hostError.js";

export type Seen = Pick<HttpAnswer, "status" | "text" | "type"> & { readonly headers?: Headers };

export const isPage = ({ type, text }: Seen): boolean => type === "text/html" || /^\s*<(!doctype|html)/i.test(text);

export function refusalOf(answer: Seen, url: string, host: string, step: string): HostError {
  const { status } = answer;
  const at = URL.parse(url)?.pathname ?? url;
  const said = (isPage(answer) ? /<title[^>]*>([^<]*)<\/title>/i.exec(answer.text)?.[1] : answer.text)?.trim() ?? "";
  const [kind, message, next] = meaningOf(answer, at, host);
  return new HostError({ kind, step, status, message, next, ...(said === "" ? {} : { said: said.slice(0, 160) }) });
}

function meaningOf(answer: Seen, at: string, host: string): readonly [HostErrorKind, string, string] {
  const { status } = answer;
  if (status === 401) {
    const message = `${host} wants a sign-in: the service itself has none, so a proxy in front of it asks`;
    return ["unauthorised", message, `sign in with a token that the proxy takes as Bearer, or ${behind}`];
  }
  if (status === 403) {
    const message = `the proxy in front of ${host} does not let this token pass`;
    return ["forbidden", message, `take a token that may read, or ${behind}`];
  }
  if (status === 200 && isPage(answer)) {
    const message = `${host} answers ${at} with a web page instead of the list of plugins`;
    const next = `correct the host's url: it is the page's address without a path of its own; where it is a sign-in page, ${behind}`;
    return ["missing", message, next];
  }
  if (status === 429) {
    return [
      "refused",
      `${host} takes no more requests at the moment (status 429)`,
      tryAgain(answer.headers ?? new Headers()),
    ];
  }
  if (status >= 500) {
    const next = "look in the service's log; while it starts, ask again in a moment";
    return ["refused", `${host} answered ${at} with status ${status}`, next];
  }
  if (status === 200) {
    const message = `${host} answers ${at} with something that is no list of plugins`;
    return ["refused", message, "check that the host's url is a Metaflow UI service's"];
  }
  const message = `${host} has no list of plugins: ${at} answers status ${status}`;
  return ["missing", message, "correct the host's url; with PATH_PREFIX the service's address ends in that prefix"];
}

const behind = "use an address behind the proxy (kubectl port-forward)";
