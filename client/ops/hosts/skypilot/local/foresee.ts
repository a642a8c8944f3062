// The plan of an act on a server of this machine: what is run, which files change and how they will read. Changes nothing.
import type { Change, Intent } from "../../host.js";
import { fileChanges } from "../fileChanges.js";
import { entriesIn } from "../files/entries.js";
import { groupNamed, groupsOf } from "../groups.js";
import { intendedBy, intendedWithout } from "../intended.js";
import { skypilotShipment } from "../shipment.js";
import { stemOf } from "../wheels/wheel.js";
import { installedOn } from "./change.js";
import { presentOn } from "./present.js";
import type { LocalServer } from "./server.js";
import { restartWords } from "./start.js";

export async function foresee(server: LocalServer, intent: Intent, signal: AbortSignal): Promise<readonly Change[]> {
  const step = "plan";
  const restarts: Change = {
    action: "restart",
    what: restartWords(server),
    where: server.config.name,
    detail:
      "requests in progress end; when the server does not come up, everything is put back and it is started again",
  };
  if (intent.operation === "reload") return [restarts];
  const present = await presentOn(server, step);
  if (!("shipment" in intent)) {
    const answer = await server.ask(step, { entries: entriesIn(present.plugins, step), imports: false }, signal);
    const group = groupNamed(groupsOf(answer), intent.plugin);
    const classes = group?.classes.map((row) => row.className) ?? [];
    const stem = group?.distribution === undefined ? undefined : stemOf(group.distribution.name.replace(/[-.]+/g, "_"));
    return [...fileChanges(await intendedWithout(present, classes, stem)), restarts];
  }
  const shipment = skypilotShipment(intent.shipment);
  const intended = await intendedBy(present, shipment);
  const { wheel } = shipment;
  const now = wheel === undefined ? undefined : await installedOn(server, wheel.distribution, step, signal);
  const install: readonly Change[] =
    wheel === undefined
      ? []
      : [
          {
            action: now === undefined ? "add" : "replace",
            what: `package ${wheel.distribution} ${wheel.version} (pip install ${wheel.file})`,
            where: await server.python(step),
            ...(now === undefined ? {} : { detail: `${now.version} is installed now` }),
          },
        ];
  const loads = intent.operation === "upload" ? [] : [restarts];
  return [...install, ...fileChanges(intended), ...loads];
}
