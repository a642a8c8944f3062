// What stands against a shipment on a server of this machine, found out without changing anything: above all whether the server's own
// Python would load every class that it will be asked to, with the new wheel as if it were installed.
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { inTemporary } from "../../../transports/temporary.js";
import type { Finding } from "../../host.js";
import { entriesOf } from "../files/entries.js";
import { importFindings, replacedParameters } from "../findings.js";
import { type Intended, intendedBy } from "../intended.js";
import { judgeShipment } from "../judge.js";
import { wheelBytes } from "../packer.js";
import type { SkypilotShipment } from "../shipment.js";
import { wheelNameSeen } from "../wheels/nameSeen.js";
import { presentOn } from "./present.js";
import type { LocalServer } from "./server.js";

export async function checkOn(
  server: LocalServer,
  shipment: SkypilotShipment,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const present = await presentOn(server, "check");
  const intended = await intendedBy(present, shipment);
  const after = entriesOf(intended.plugins);
  const findings = [
    ...judgeShipment(shipment),
    ...replacedParameters(present.plugins.text ?? "", after),
    ...(await sameWheelName(intended, shipment)),
  ];
  const answer = await withWheelFile(shipment, (wheel) =>
    server.ask("check", { entries: after, ...(wheel === undefined ? {} : { wheel }) }, signal),
  );
  return [...findings, ...importFindings(answer, shipment)];
}

async function sameWheelName({ wheel }: Intended, shipment: SkypilotShipment): Promise<readonly Finding[]> {
  const there = wheel === undefined ? undefined : await readFile(wheel).catch(() => undefined);
  return there === undefined ? [] : wheelNameSeen(shipment.wheel, await wheelBytes(shipment.path), there);
}

/** The wheel as a file of its own while `use` runs. */
export async function withWheelFile<Result>(
  shipment: SkypilotShipment,
  use: (wheel: string | undefined) => Promise<Result>,
): Promise<Result> {
  const { wheel } = shipment;
  if (wheel === undefined) return use(undefined);
  return inTemporary({ step: "upload", what: "the wheel" }, async (folder) => {
    const file = path.join(folder, wheel.file);
    await writeFile(file, await wheelBytes(shipment.path));
    return use(file);
  });
}
