// "Check Host": what stands against working with a host, as a document to read and to pass on.

import { env, window } from "vscode";
import type { App } from "../../app.js";
import { type Check, doctorText, examine } from "../../ops/index.js";
import { run } from "../run.js";
import { pickHost, targetOf } from "../target.js";

export async function checkHost(app: App, argument: unknown): Promise<readonly Check[] | undefined> {
  const config = await pickHost(app, targetOf(argument), "config", "Check Host");
  if (config === undefined) return undefined;
  const act = { name: `doctor ${config.name}`, title: `Looking at "${config.name}"` };
  const host = app.connect(config);
  const io = { token: () => app.secrets.token(config.url), ...app.tools() };
  const checks = await run(app, act, ({ signal }) => examine({ host, io, signal }));
  if (checks === undefined) return undefined;
  const text = doctorText(host, checks);
  await app.showText(`Check of ${config.name}`, text);
  const copy = "Copy";
  const found = text.trimEnd().split("\n").at(-1) ?? "";
  void window.showInformationMessage(`"${config.name}": ${found}.`, copy).then(async (choice) => {
    if (choice === copy) await env.clipboard.writeText(text);
  });
  return checks;
}
