// When a host that takes no more requests may be asked again, as its Retry-After header says: seconds, or a date.

/** `try again in 7 s`, `try again in 4 min`; "in a minute" where the header says nothing, or nothing that anybody would wait for. */
export function tryAgain(headers: Headers): string {
  const seconds = secondsIn(headers.get("retry-after")?.trim() ?? "");
  if (seconds === undefined || seconds > longest) return "try again in a minute";
  return seconds < 120 ? `try again in ${seconds} s` : `try again in ${Math.ceil(seconds / 60)} min`;
}

/** A day. */
const longest = 86_400;

function secondsIn(header: string): number | undefined {
  if (/^\d{1,9}$/.test(header)) return Number(header);
  const at = /[A-Za-z]/.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(1, Math.ceil((at - Date.now()) / 1000));
}
