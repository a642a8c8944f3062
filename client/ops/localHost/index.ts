// The local host: Buntime's management API and Metaflow's plugin routes over a folder, on this machine's loopback alone.
// It serves pages and tells the truth about loading; it never runs a plugin's server code.
export interface LocalHostOptions {
  /** Keeps everything: `buntime/plugins/` and `metaflow/installed/` with `metaflow/config.plugins.json`. */
  readonly directory: string;
  /** 0 or absent: any free port. */
  readonly port?: number;
  /** When set, the management API wants it, as Buntime with a bootstrap key does. */
  readonly apiKey?: string;
  readonly log?: (line: string) => void;
}

export interface LocalHost {
  readonly url: string;
  readonly port: number;
  readonly directory: string;
  /** What a restart of Metaflow's service does: reads its configuration and folders anew. */
  restartMetaflow(): Promise<void>;
  stop(): Promise<void>;
}

export async function startLocalHost(options: LocalHostOptions): Promise<LocalHost> {
  throw new Error(`being built: ${options.directory}`);
}
