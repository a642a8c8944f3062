// Who may pass to the management API: the key first, then the Origin rule, in Buntime's order and with its words.
import { timingSafeEqual } from "node:crypto";
import { type Answer, type Asked, json, text } from "./answer.js";

/** The refusal, or undefined when the request may pass. */
export function gate(asked: Asked, at: string, apiKey: string | undefined): Answer | undefined {
  const open = /^\/(health(\/.*)?|plugins\/loaded|openapi\.json|docs)$/.test(at);
  if (apiKey !== undefined && !open && !holdsKey(asked, apiKey))
    return json(401, { code: "AUTH_REQUIRED", error: "Unauthorized" });
  if (apiKey !== undefined || !["POST", "PUT", "PATCH", "DELETE"].includes(asked.method)) return undefined;
  return originProblem(asked);
}

/** Only the first credential present counts: a wrong X-API-Key beside a right Bearer is refused. */
export function holdsKey(asked: Asked, apiKey: string): boolean {
  const bearer = /^Bearer\s+(.+)$/i.exec(asked.header("authorization") ?? "")?.[1];
  const cookie = /(?:^|;\s*)buntime_api_key=([^;]+)/.exec(asked.header("cookie") ?? "")?.[1];
  const given = Buffer.from(asked.header("x-api-key") ?? bearer ?? cookie ?? "");
  const wanted = Buffer.from(apiKey);
  return given.byteLength === wanted.byteLength && timingSafeEqual(given, wanted);
}

function originProblem(asked: Asked): Answer | undefined {
  if (asked.header("x-buntime-internal") === "true") return undefined;
  const origin = asked.header("origin");
  if (origin === undefined) return text(403, "Forbidden - Origin required");
  const parsed = URL.parse(origin);
  const sound =
    parsed !== null && /^https?:$/.test(parsed.protocol) && parsed.username === "" && parsed.password === "";
  return sound && parsed.host === asked.header("host") ? undefined : text(403, "Forbidden");
}
