// A process of its own that deploys and is killed at the nth thing that it changes, a file or by a program: `dying JSON`.
import { connect, deliver, type HostConfig, type HostIo, type Shipment } from "../../../client/ops/index.js";
import { deadlyDisk } from "./faultyDisk.js";
import { runIn } from "./faultyIo.js";
import { planted, type Stage } from "./subject.js";

export interface Dying extends Pick<Stage, "env" | "executables" | "timeouts"> {
  readonly config: HostConfig;
  readonly next: Shipment;
  readonly nth: number;
}

async function deploys({ config, next, nth, ...stage }: Dying): Promise<void> {
  const run = runIn(stage);
  const disk = deadlyDisk(nth);
  const io: HostIo = {
    ...stage,
    token: async () => planted,
    run: async (request) => {
      await disk.step();
      return run(request);
    },
  };
  await deliver({ host: connect(config, io), action: "deploy", signal: new AbortController().signal }, next);
}

if (process.argv[2] !== undefined) {
  const asked: Dying = JSON.parse(process.argv[2]);
  void deploys(asked);
}
