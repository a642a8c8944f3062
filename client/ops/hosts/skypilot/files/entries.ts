// The entries of a server's file, as acts need them.
import { HostError } from "../../hostError.js";
import { type PluginEntry, readPlugins } from "./pluginsFile.js";

/** The entries of a file; one that the server could not read is an error that says so. */
export function entriesIn(
  { file, text }: { readonly file: string; readonly text: string | undefined },
  step: string,
): readonly PluginEntry[] {
  const reading = readPlugins(text ?? "");
  if (reading.readable) return reading.file.entries;
  throw new HostError({
    kind: "refused",
    step,
    message: `${file} can't be read: ${reading.reason}; the server would not start with it`,
    next: "correct that file",
  });
}

/** None where the text can't be read. */
export function entriesOf(text: string): readonly PluginEntry[] {
  const reading = readPlugins(text);
  return reading.readable ? reading.file.entries : [];
}
