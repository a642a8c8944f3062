// The worker fields of a Buntime manifest, as the host checks them at the first request: one bad value turns every address below
// the plugin's base into a 500, although the plugin loads (Buntime v0.5.4).
const units: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  y: 31_557_600,
};

export function workerProblems(values: Readonly<Record<string, unknown>>): readonly string[] {
  const problems: string[] = [];
  const timeout = duration(values, "timeout", 30, problems);
  const ttl = duration(values, "ttl", 0, problems);
  const idle = duration(values, "idleTimeout", 60, problems);
  if (timeout !== undefined && timeout <= 0) problems.push(`"timeout" must be above 0; ${consequence}`);
  if (ttl !== undefined && ttl < 0) problems.push(`"ttl" must not be negative; ${consequence}`);
  if (idle !== undefined && idle <= 0) problems.push(`"idleTimeout" must be above 0; ${consequence}`);
  const kept = ttl !== undefined && ttl > 0 && timeout !== undefined && timeout > 0;
  if (kept && ttl < timeout) problems.push(`"ttl" (${ttl} s) is below "timeout" (${timeout} s); ${consequence}`);
  if (kept && idle !== undefined && idle > 0 && idle < timeout) {
    problems.push(`"idleTimeout" (${idle} s) is below "timeout" (${timeout} s) while "ttl" is set; ${consequence}`);
  }
  const routes = values.publicRoutes;
  if (typeof routes === "string") problems.push(`"publicRoutes" is a text and not a list; ${consequence}`);
  return problems;
}

const consequence = "every address below the plugin's base answers 500";

/** Seconds; undefined when the value's reading is not known here. */
function duration(
  values: Readonly<Record<string, unknown>>,
  key: string,
  absent: number,
  problems: string[],
): number | undefined {
  const value = values[key];
  if (value === undefined) return absent;
  if (typeof value === "number") return value;
  if (typeof value !== "string") {
    problems.push(`"${key}" is neither seconds nor a duration such as "30s"; ${consequence}`);
    return undefined;
  }
  const match = /^\s*(-?\d+(?:\.\d+)?)\s*(ms|s|m|h|d|w|y)\s*$/i.exec(value);
  const unit = match?.[2] === undefined ? undefined : units[match[2].toLowerCase()];
  return match?.[1] === undefined || unit === undefined ? undefined : Number(match[1]) * unit;
}
