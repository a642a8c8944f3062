// Asks for the key of a host. It is never shown, and goes nowhere but to its caller.

import { window } from "vscode";
import type { HostConfig } from "../../ops/index.js";

export async function askForKey(host: HostConfig, why: string): Promise<string | undefined> {
  const key = await window.showInputBox({
    title: `Sign In to ${host.name}`,
    prompt: `${why} The key is kept in the editor's secret storage, for ${host.url ?? host.name} alone.`,
    placeHolder: "API key",
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) =>
      text.trim() === "" || /^[\x21-\x7e]+$/.test(text.trim())
        ? undefined
        : "a key has no blanks and no special letters",
  });
  const trimmed = key?.trim();
  return trimmed === "" ? undefined : trimmed;
}
