// A snippet as plain text: each place with the value that is given for it, else with its own; the final caret is dropped.

export function withValues(body: string, values: Readonly<Record<string, string>>): string {
  return body
    .replace(
      /\$\{(\d+)\|([^|]*)\|\}/g,
      (_whole, place: string, choices: string) => values[place] ?? choices.split(",")[0] ?? "",
    )
    .replace(/\$\{(\d+):([^}]*)\}/g, (_whole, place: string, own: string) => values[place] ?? own)
    .replace(
      /\$(?:\{(\d+)\}|(\d+))/g,
      (_whole, braced?: string, plain?: string) => values[braced ?? plain ?? ""] ?? "",
    );
}
