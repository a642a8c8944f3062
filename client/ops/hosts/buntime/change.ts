// What changes a Buntime host: upload, reload, remove, enable. Each one checks names first and says what the host has when it fails.
// Upload does not load, and removal does not unload: only a reload does, and only reading back proves it.
import { openAsBlob } from "node:fs";
import path from "node:path";
import type { Reloaded, Removed, Uploaded } from "../host.js";
import { HostError, withHostMaybe, withHostNow } from "../hostError.js";
import { type Connection, capabilitiesOf, installedOn, oddAnswer } from "./connection.js";
import { inventory, loadedOn } from "./list.js";
import { nameProblem, removalProblem } from "./names.js";
import type { BuntimeShipment } from "./shipment.js";
import { readScanned, readUploaded } from "./wire.js";

/** Bun's own bound for a request with a known length. */
const largestUpload = 128 * 1024 * 1024;

/** Refuses, before anything is sent, what no Buntime host should get. */
export function refuseHarmful(shipment: BuntimeShipment): void {
  const { name } = shipment.manifest;
  const problem = nameProblem(name);
  if (problem !== undefined) {
    throw new HostError({
      kind: "refused",
      step: "upload",
      message: `${problem}; nothing was sent`,
      next: 'give the plugin a name of the form "plugin" or "@scope/plugin"',
    });
  }
  if (shipment.bytes > largestUpload) {
    throw new HostError({
      kind: "refused",
      step: "upload",
      message: `the archive of "${name}" has ${Math.ceil(shipment.bytes / 1024 / 1024)} MiB; Buntime takes up to 128; nothing was sent`,
      next: "leave files out with .pluginignore",
    });
  }
}

export async function upload(
  connection: Connection,
  shipment: BuntimeShipment,
  signal: AbortSignal,
): Promise<Uploaded> {
  const installed = await installedOn(connection, "upload", signal);
  const { features } = await capabilitiesOf(connection, installed, "upload", signal);
  if (!features.upload) throw tooOld(connection);
  const name = shipment.name;
  const form = new FormData();
  form.append("file", await archiveOf(shipment), fileName(shipment));
  try {
    const answer = await connection.post("upload", "/plugins/upload", form, connection.timeouts.upload, signal, name);
    const uploaded = readUploaded(answer);
    if (uploaded === undefined) throw oddAnswer(connection, "upload", "its answer to the upload is not Buntime's");
    return uploaded;
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    if (!error.answerLost) throw withHostNow(error, "the host keeps what it had");
    throw withHostMaybe(error, "it is not known whether the host took the files; it runs what it ran before");
  }
}

export async function reload(connection: Connection, signal: AbortSignal): Promise<Reloaded> {
  const start = Date.now();
  const answer = await connection.post("reload", "/plugins/reload", undefined, connection.timeouts.reload, signal);
  const scanned = readScanned(answer);
  if (scanned === undefined) throw oddAnswer(connection, "reload", "its answer to the reload is not Buntime's");
  return { scanned, milliseconds: Date.now() - start };
}

export async function remove(connection: Connection, name: string, signal: AbortSignal): Promise<Removed> {
  const { plugins } = await inventory(connection, "removal", signal);
  const plugin = plugins.find((candidate) => candidate.name === name);
  const key = plugin?.removeKey;
  if (plugin === undefined || key === undefined) throw notListed(connection, name, plugin !== undefined);
  const harm = removalProblem(key);
  if (harm !== undefined)
    throw refusedRemoval(`${harm}; nothing was sent`, "remove it on the host itself if it must go");
  if (plugin.removable === false) {
    throw refusedRemoval(
      `"${name}" is built into ${connection.host} and can't be removed`,
      "disable it instead, or change the host's image",
    );
  }
  await connection.delete("removal", `/plugins/${encodeURIComponent(key)}`, signal, name);
  const still = `the files of "${name}" are removed, and the host may run it until the next reload`;
  try {
    await reload(connection, signal);
    const loaded = await loadedOn(connection, "removal", signal);
    if (!loaded.some((item) => item.name === name)) return { name, key, gone: true };
    return { name, key, gone: false, note: `"${name}" still runs after the reload: the host has another copy of it` };
  } catch (error) {
    throw error instanceof HostError ? withHostNow(error, still) : error;
  }
}

export async function setEnabled(
  connection: Connection,
  name: string,
  enabled: boolean,
  signal: AbortSignal,
): Promise<void> {
  const harm = removalProblem(name);
  const step = enabled ? "enabling" : "disabling";
  if (harm !== undefined)
    throw new HostError({ kind: "refused", step, message: harm, next: "choose a plugin of the list" });
  const installed = await installedOn(connection, step, signal);
  const { features } = await capabilitiesOf(connection, installed, step, signal);
  if (!features.enable) {
    throw new HostError({
      kind: "unsupported",
      step,
      message: `this Buntime can't enable or disable plugins over its API (it can since v0.4.0)`,
      next: 'write "enabled" in the manifest and deploy the plugin',
    });
  }
  const path = `/plugins/${encodeURIComponent(name)}/${enabled ? "enable" : "disable"}`;
  await connection.post(step, path, undefined, connection.timeouts.reload, signal, name);
}

/** Read while it is sent, so that an archive of any size is never in memory whole. */
async function archiveOf(shipment: BuntimeShipment): Promise<Blob> {
  try {
    return await openAsBlob(shipment.path, { type: "application/gzip" });
  } catch (cause) {
    const message = `the archive ${path.basename(shipment.path)} can't be read`;
    throw new HostError({ kind: "tool", step: "upload", message, next: "package the plugin again", cause });
  }
}

/** The host decides by this name's ending, in lower case. */
function fileName(shipment: BuntimeShipment): string {
  const name = (shipment.name || "plugin").replace(/^@/, "").replaceAll("/", "-");
  return `${name}.tgz`;
}

function tooOld(connection: Connection): HostError {
  return new HostError({
    kind: "unsupported",
    step: "upload",
    message: `${connection.host} is a Buntime older than v0.2.26, whose upload puts plugins where it never looks; nothing was sent`,
    next: 'add "kubernetes" or "directory" to this host, so that the files are copied into its plugins directory (/data/plugins/<name>), or update Buntime',
  });
}

function notListed(connection: Connection, name: string, running: boolean): HostError {
  return running
    ? refusedRemoval(
        `${connection.host} runs "${name}" but lists no files of that name`,
        "reload first; if it stays, remove its folder by the name in the installed list",
      )
    : new HostError({
        kind: "missing",
        step: "removal",
        message: `${connection.host} has no plugin "${name}"`,
        next: "refresh the list; someone may have removed it already",
      });
}

function refusedRemoval(message: string, next: string): HostError {
  return new HostError({ kind: "refused", step: "removal", message, next });
}
