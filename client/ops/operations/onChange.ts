// Deploy on change: whenever the package's contents are others than those that were sent last, and have been still for a moment, they
// are deployed. Never two at once; what changes meanwhile is deployed afterwards, once.
import type { PluginHost } from "../hosts/host.js";
import { HostError } from "../hosts/hostError.js";
import { packerOf } from "../hosts/index.js";
import type { DiagnosticLike } from "../pack/findings.js";
import type { Delivered } from "./deliver.js";
import { type DeployOptions, deploy } from "./deploy.js";

export type LoopState =
  | { readonly is: "waiting" }
  | { readonly is: "working"; readonly step: string }
  | { readonly is: "delivered"; readonly delivered: Delivered }
  | { readonly is: "failed"; readonly error: HostError };

export interface LoopOptions extends Pick<DeployOptions, "archives" | "exclude" | "ledger" | "tools"> {
  /** What the language server or the checker says of the files at the moment. */
  readonly diagnostics?: () => Promise<readonly DiagnosticLike[]>;
  readonly host: PluginHost;
  readonly folder: string;
  /** Contents that the host has already, which are not deployed again. */
  readonly contents?: string;
  /** Milliseconds without a change before anything is done; 400 unless told. */
  readonly quiet?: number;
  /** Runs the deployment in its turn on the host, where others act on it too. */
  readonly inTurn?: <T>(work: () => Promise<T>) => Promise<T>;
  readonly onState: (state: LoopState) => void;
}

export interface Loop {
  /** Something in the folder has changed. */
  changed(): void;
  /** Ends with the deployment that is under way, which is cancelled. */
  stop(): Promise<void>;
}

export function deployOnChange(options: LoopOptions): Loop {
  const { quiet = 400, inTurn = (work) => work() } = options;
  const stop = new AbortController();
  let last = options.contents;
  let timer: NodeJS.Timeout | undefined;
  let isAgain = false;
  let going: Promise<void> | undefined;
  const round = async () => {
    do {
      isAgain = false;
      await once();
    } while (isAgain && !stop.signal.aborted);
    going = undefined;
  };
  const once = async () => {
    try {
      const contents = await contentsOf(options, stop.signal);
      if (contents === last || stop.signal.aborted) return;
      options.onState({ is: "working", step: "packing" });
      // Whatever comes of it, the same files are not sent twice: the next change is the next try.
      last = contents;
      const delivered = await inTurn(() => deployed(options, stop.signal));
      options.onState({ is: "delivered", delivered });
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
      if (!stop.signal.aborted) options.onState({ is: "failed", error });
    }
  };
  const begin = () => {
    if (stop.signal.aborted) return;
    if (going !== undefined) {
      isAgain = true;
      return;
    }
    going = round();
  };
  options.onState({ is: "waiting" });
  return {
    changed: () => {
      clearTimeout(timer);
      timer = setTimeout(begin, quiet);
    },
    stop: async () => {
      clearTimeout(timer);
      stop.abort();
      await going;
    },
  };
}

async function contentsOf({ host, folder, exclude = [], tools }: LoopOptions, signal: AbortSignal): Promise<string> {
  const packingFor = { host: host.config, ...(tools && { tools }) };
  return (await packerOf(host.config.system).plan(folder, { exclude, signal, ...packingFor })).contents;
}

async function deployed(options: LoopOptions, signal: AbortSignal): Promise<Delivered> {
  const { host, folder, archives, exclude, ledger, tools, onState } = options;
  const diagnostics = await options.diagnostics?.();
  return deploy({
    host,
    plugin: folder,
    archives,
    signal,
    onStep: (_step, step) => onState({ is: "working", step }),
    ...(exclude && { exclude }),
    ...(diagnostics && { diagnostics }),
    ...(ledger && { ledger }),
    ...(tools && { tools }),
  });
}
