// Durations as the worker reads them: a number counts seconds, a text is what the `ms` package makes of it.

/** Milliseconds, or "invalid" when the host refuses the text. */
export function durationOf(value: unknown): number | "invalid" | undefined {
  if (typeof value === "number") return value * 1000;
  if (typeof value !== "string") return undefined;
  const match = value.length > 100 ? null : PATTERN.exec(value);
  if (!match?.[1]) return /^-?\d*\.?\d+ *(mo|months?)$/i.test(value) ? undefined : "invalid";
  return Number.parseFloat(match[1]) * (UNITS[match[2]?.charAt(0).toLowerCase() ?? ""] ?? 1) * factor(match[2] ?? "");
}

/** A text of digits alone counts milliseconds, not seconds. */
export const lacksUnit = (text: string): boolean => /^-?\d*\.?\d+ *$/.test(text) && Number(text) !== 0;

/** The host's own way to show it. */
export const shown = (milliseconds: number): string =>
  milliseconds % 1000 === 0 ? `${milliseconds / 1000} s` : `${milliseconds} ms`;

const PATTERN =
  /^(-?(?:\d+)?\.?\d+) *(milliseconds?|msecs?|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w|years?|yrs?|y)?$/i;

const UNITS: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  y: 31_557_600_000,
};

/** "m" begins minutes and milliseconds alike. */
const factor = (unit: string): number => (/^(ms|milli|msec)/i.test(unit) ? 1 / 60_000 : 1);
