// Small things about the text of the workbench.

/** VS Code draws blanks of the editor as no-break spaces. */
export function plain(text: string): string {
  return text.replaceAll("\u00a0", " ");
}

/** A pattern that matches the text itself. */
export function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** Ctrl, or Cmd where VS Code uses that. */
export const mainModifier = process.platform === "darwin" ? "Meta" : "Control";
