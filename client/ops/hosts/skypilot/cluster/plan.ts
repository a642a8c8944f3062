// What stands against a shipment on a release in a cluster, and what an act would change there. Changes nothing.
import type { Change, Finding, Intent } from "../../host.js";
import { HostError } from "../../hostError.js";
import { fileChanges } from "../fileChanges.js";
import { entriesOf } from "../files/entries.js";
import { importFindings, replacedParameters } from "../findings.js";
import { intendedBy, intendedWithout } from "../intended.js";
import { judgeShipment, needsWheel } from "../judge.js";
import { wheelBytes } from "../packer.js";
import { type SkypilotShipment, skypilotShipment } from "../shipment.js";
import { wheelNameSeen } from "../wheels/nameSeen.js";
import { type ClusterPresent, contentAfter, presentIn } from "./change.js";
import { nothing } from "./configMap.js";
import { meant } from "./meant.js";
import type { ClusterServer } from "./place.js";
import { helmValues, wiringOf, wiringProblem } from "./values.js";

export async function check(
  server: ClusterServer,
  shipment: SkypilotShipment,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const present = await presentIn(server, "check", signal);
  const { plugins } = await intendedBy(present, shipment);
  const bytes = shipment.wheel === undefined ? undefined : await wheelBytes(shipment.path);
  const findings = [
    ...judgeShipment(shipment),
    ...replacedParameters(present.plugins.text ?? "", entriesOf(plugins)),
    ...sameWheelName(present, shipment, bytes),
  ];
  const [workload] = await server.cluster.workloads(signal);
  const problem =
    workload === undefined ? undefined : wiringProblem(await wiringOf(server, workload, "check", signal), server);
  if (problem !== undefined) {
    const message = `${workload} would not load it: ${problem}; the plan shows the Helm values that it needs once`;
    findings.push({ severity: "error", code: "skypilot/release-not-wired", message });
  }
  try {
    const question = { entries: entriesOf(plugins), ...(bytes === undefined ? {} : { wheelBytes: bytes }) };
    return [...findings, ...importFindings(await server.ask("check", question, signal), shipment)];
  } catch (error) {
    if (!(error instanceof HostError) || error.kind === "cancelled") throw error;
    const message = `whether the server would load it could not be tried in its pod: ${error.message}`;
    return [...findings, { severity: "warning", code: "skypilot/import-not-proven", message }];
  }
}

/** A wheel for the server alone is installed anew by each pod, whatever its name. */
function sameWheelName(
  { map }: ClusterPresent,
  shipment: SkypilotShipment,
  bytes: Buffer | undefined,
): readonly Finding[] {
  const there = shipment.wheel && map?.binaries.get(shipment.wheel.file);
  if (there === undefined || !needsWheel(shipment)) return [];
  return wheelNameSeen(shipment.wheel, bytes, Buffer.from(there, "base64"));
}

export async function foresee(server: ClusterServer, intent: Intent, signal: AbortSignal): Promise<readonly Change[]> {
  const workloads = await server.cluster.workloads(signal);
  const restarts = workloads.map(
    (workload): Change => ({
      action: "restart",
      what: `kubectl rollout restart ${workload}`,
      where: server.where,
      detail: "an outage where the release's strategy is Recreate; taken back when the new pods don't get ready",
    }),
  );
  if (intent.operation === "reload") return restarts;
  const present = await presentIn(server, "plan", signal);
  if (!("shipment" in intent)) {
    const { classes, stem } = await meant(server, intent.plugin, signal);
    return [...fileChanges(await intendedWithout(present, classes, stem)), ...restarts];
  }
  const shipment = skypilotShipment(intent.shipment);
  const intended = await intendedBy(present, shipment);
  const bytes = shipment.wheel === undefined ? undefined : await wheelBytes(shipment.path);
  const content = contentAfter(present.map ?? nothing, intended, bytes);
  const wired = await Promise.all(
    workloads.map(async (workload) => wiringProblem(await wiringOf(server, workload, "plan", signal), server)),
  );
  const problem = wired.find((one) => one !== undefined);
  const values: readonly Change[] =
    problem === undefined
      ? []
      : [
          {
            action: "run",
            what: "helm upgrade with these values, by whoever runs the release",
            where: server.where,
            detail: problem,
            diff: { file: "values.yaml", before: "", after: helmValues(server, content) },
          },
        ];
  return [...values, ...fileChanges(intended), ...(intent.operation === "upload" ? [] : restarts)];
}
