// Controllers know wheels by their file names: a name that they have seen is skipped, whatever is in it.
import type { Finding } from "../../host.js";
import type { Wheel } from "./wheel.js";

/** `there`: what the host has under the same file name. */
export function wheelNameSeen(
  own: Wheel | undefined,
  bytes: Buffer | undefined,
  there: Buffer | undefined,
): readonly Finding[] {
  if (own === undefined || bytes === undefined || there === undefined || there.equals(bytes)) return [];
  const message = `the server has another ${own.file}; controllers that have seen this name skip it, so raise the version above ${own.version}`;
  return [
    { severity: "error", code: "skypilot/wheel-name-seen", message, file: "pyproject.toml", remedy: "raiseVersion" },
  ];
}
