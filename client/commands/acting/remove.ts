// "Remove": takes a plugin off a host, by the key that the host understands, after a plan that says what is lost.

import { window } from "vscode";
import type { App } from "../../app.js";
import { type Finding, type HostConfig, type Removed, removePlugin } from "../../ops/index.js";
import { sentence } from "../../sentence.js";
import { run } from "../run.js";
import { pickHost, pickOnHost, targetOf } from "../target.js";
import { agree } from "./agree.js";

export async function removeFromHost(app: App, argument: unknown): Promise<Removed | undefined> {
  const target = targetOf(argument);
  const host = await pickHost(app, target, "remove", "Remove");
  if (host === undefined) return undefined;
  const name = await pickOnHost(
    app,
    host,
    target,
    "Remove",
    ({ removeKey, removable }) => removeKey !== undefined && removable !== false,
  );
  if (name === undefined) return undefined;
  const kept = (await app.ledger.history(host, name)).some((entry) => entry.bundle !== undefined);
  // Without a way back, a local host asks too.
  const intent = { operation: "remove", plugin: name } as const;
  const agreed = await agree(app, { host, intent, findings: [wayBack(kept)], always: !kept });
  if (agreed === undefined) return undefined;
  const act = { name: `remove ${name} from ${host.name}`, title: `Removing "${name}" from "${host.name}"`, host };
  const removed = await run(app, act, ({ signal }) =>
    removePlugin({ host: app.connect(host), plugin: name, signal, ledger: app.ledger, overwrite: agreed.overwrite }),
  );
  await app.store.refresh(host.name);
  await app.board.rejoin();
  if (removed !== undefined) tell(host, removed);
  return removed;
}

function wayBack(kept: boolean): Finding {
  return kept
    ? {
        severity: "information",
        code: "plugsmith/bundle-kept",
        message: "a bundle that was sent from here is kept; Roll Back brings it back",
      }
    : {
        severity: "warning",
        code: "plugsmith/no-bundle",
        message: "no bundle of it is kept here: what the host has is lost",
      };
}

function tell(host: HostConfig, { name, gone, note }: Removed): void {
  const more = note === undefined ? "" : ` ${sentence(note)}`;
  if (gone) void window.showInformationMessage(`"${name}" is removed from "${host.name}" and no longer runs.${more}`);
  else void window.showWarningMessage(`The files of "${name}" are removed from "${host.name}".${more}`);
}
