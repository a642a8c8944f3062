// What changes a server of this machine: the package into its Python, the files into its folder, and out again. Nothing is restarted
// here. Each change keeps a way back first, and goes it when a later step fails.
import path from "node:path";
import type { ReplicaOutcome, Uploaded } from "../../host.js";
import { HostError, withAllPutBack, withHostNow } from "../../hostError.js";
import { entriesOf } from "../files/entries.js";
import { type Intended, intendedBy, intendedWithout } from "../intended.js";
import { wheelBytes } from "../packer.js";
import { type Distribution, whyNot } from "../python/probe.js";
import type { SkypilotShipment } from "../shipment.js";
import { normalName } from "../wheels/wheel.js";
import { withWheelFile } from "./check.js";
import { copyWhole, removeFile, writeWhole } from "./disk.js";
import { pipInstall } from "./pip.js";
import { presentOn } from "./present.js";
import { type Changing, keepReturnPoint, keepWheel, putBack, returnPoint } from "./returnPoint.js";
import { noteSent } from "./sent.js";
import type { LocalServer } from "./server.js";

export async function upload(server: LocalServer, shipment: SkypilotShipment, signal: AbortSignal): Promise<Uploaded> {
  const step = "upload";
  const { wheel } = shipment;
  const intended = await intendedBy(await presentOn(server, step), shipment);
  const now = wheel === undefined ? undefined : await installedOn(server, wheel.distribution, step, signal);
  const changing = wheel === undefined ? undefined : { name: wheel.distribution, now };
  const bytes = wheel === undefined ? undefined : await wheelBytes(shipment.path);
  return reversibly(server, intended, { changing, bytes }, step, () =>
    withWheelFile(shipment, async (file) => {
      const outcomes: ReplicaOutcome[] = [];
      if (file !== undefined && wheel !== undefined) {
        await pipInstall(server, { wheel: file, anew: now?.version === wheel.version }, step, signal);
        outcomes.push({
          replica: await server.python(step),
          ok: true,
          message: `${wheel.distribution} ${wheel.version} is installed`,
        });
      }
      const installed = await proveImport(server, intended, wheel?.distribution, step, signal);
      outcomes.push(...(await carryOut(intended, file, step)));
      if (file !== undefined && wheel !== undefined) {
        await keepWheel(server, wheel.distribution, file, step);
        if (installed !== undefined) await noteSent(server, installed, shipment.contents, step);
      }
      const { name, version } = shipment;
      return { name, at: server.pluginsFile, replicas: outcomes, ...(version === undefined ? {} : { version }) };
    }),
  );
}

/** Takes the entries of these classes out of both files, and the distribution's wheels out of the directory for controllers. */
export async function takeOut(server: LocalServer, classes: readonly string[], stem: string | undefined, step: string) {
  const intended = await intendedWithout(await presentOn(server, step), classes, stem);
  return reversibly(server, intended, {}, step, () => carryOut(intended, undefined, step));
}

export async function installedOn(
  server: LocalServer,
  name: string,
  step: string,
  signal: AbortSignal,
): Promise<Distribution | undefined> {
  const { distributions } = await server.ask(step, { entries: [], distributions: [name], imports: false }, signal);
  return distributions.find((one) => normalName(one.name) === normalName(name));
}

async function reversibly<Result>(
  server: LocalServer,
  intended: Intended,
  { changing, bytes }: { readonly changing?: Changing | undefined; readonly bytes?: Buffer | undefined },
  step: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const { files, wheel, displaced } = intended;
  const written = wheel === undefined || bytes === undefined ? [] : [{ file: wheel, after: bytes }];
  const changes = [
    ...files.map(({ file, after }) => ({ file, after })),
    ...written,
    ...displaced.map((file) => ({ file })),
  ];
  await keepReturnPoint(server, changes, changing, step);
  try {
    return await work();
  } catch (error) {
    const point = await returnPoint(server);
    if (!(error instanceof HostError) || point === undefined) throw error;
    const { words, complete } = await putBack(server, point, step);
    const hostNow = `${words.join(", ") || "nothing was changed"}; the server runs what it ran before`;
    throw complete ? withAllPutBack(error, hostNow) : withHostNow(error, hostNow);
  }
}

/** With the package installed for real: nothing is caught at the server's start, so the first class that fails leaves none running. */
async function proveImport(
  server: LocalServer,
  { plugins }: Intended,
  distribution: string | undefined,
  step: string,
  signal: AbortSignal,
): Promise<Distribution | undefined> {
  const distributions = distribution === undefined ? [] : [distribution];
  const answer = await server.ask(step, { entries: entriesOf(plugins), distributions }, signal);
  const [first] = answer.classes.flatMap((row) => whyNot(row) ?? []);
  const why =
    answer.skyError === undefined ? first : `${answer.python} has no SkyPilot with plugins (${answer.skyError})`;
  if (why === undefined) return answer.distributions[0];
  throw new HostError({
    kind: "refused",
    step,
    message: `the server would not start with this: ${why}`,
    next: "correct the plugin and deploy it again",
  });
}

async function carryOut({ files, wheel, displaced }: Intended, from: string | undefined, step: string) {
  const outcomes: ReplicaOutcome[] = [];
  const done = (replica: string, message: string) => outcomes.push({ replica, ok: true, message });
  if (wheel !== undefined && from !== undefined) {
    await copyWhole(from, wheel, step);
    done(wheel, "written");
  }
  for (const { file, after } of files) {
    await writeWhole(file, after, step);
    done(file, `${path.basename(file)} is written`);
  }
  // Last: on a full disk it could not be put back.
  for (const old of displaced) {
    await removeFile(old, step);
    done(old, "removed");
  }
  return outcomes;
}
