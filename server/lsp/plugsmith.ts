// The private requests and notifications of protocol.ts: verdicts, local plugins, host plugins, workspace checks.

import type { CancellationToken, Connection } from "vscode-languageserver/node";
import { URI } from "vscode-uri";
import {
  CHECK_WORKSPACE,
  HOST_PLUGINS,
  type LocalPlugin,
  PLUGINS,
  PLUGINS_CHANGED,
  PREVIEW,
  type PreviewParams,
  type PreviewReport,
  REMOTE_REFS,
  VERDICT,
  VERDICT_CHANGED,
  type VerdictParams,
  type VerdictReport,
} from "../protocol.js";
import { type LanguageService, manifestsOf, type PluginDescription, pathOf, SYSTEMS } from "../service/index.js";
import { type LiveWorkspace, NEWS_STALE } from "../workspace/index.js";
import type { DiagnosticsSchedule } from "./diagnostics.js";
import type { OpenDocuments } from "./documents.js";
import type { Guard } from "./guard.js";
import { hostsIn, remotesIn } from "./news.js";

export interface Plugsmith {
  readonly connection: Connection;
  readonly documents: OpenDocuments;
  readonly workspace: LiveWorkspace;
  readonly service: LanguageService;
  readonly schedule: DiagnosticsSchedule;
  readonly guard: Guard;
  /** Resolves once the first scan of the workspace is through. */
  readonly scanned: () => Promise<void>;
  readonly onHosts: () => void;
}

export interface PlugsmithMessages {
  /** The verdict on an open file may be new; tells the client when it is. */
  verdict(uri: string): void;
  pluginsChanged(): void;
}

export function registerPlugsmith(context: Plugsmith): PlugsmithMessages {
  const { connection, documents, workspace, schedule, guard } = context;
  const told = new Map<string, string>();
  documents.manager.onDidClose(({ document }) => void told.delete(document.uri));
  const onRequest: (method: string, handle: (params: never, token: CancellationToken) => unknown) => void = (
    method,
    handle,
  ) => void connection.onRequest(method, handle);
  onRequest(
    VERDICT,
    guard("verdict", null, ({ uri }: VerdictParams) => verdictOf(uri)),
  );
  onRequest(
    PLUGINS,
    guard("plugins", [], async () => {
      await context.scanned();
      return localPlugins();
    }),
  );
  onRequest(
    PREVIEW,
    guard("preview", null, async ({ uri }: PreviewParams) => {
      await context.scanned();
      return previewOf(uri);
    }),
  );
  onRequest(
    CHECK_WORKSPACE,
    guard("checkWorkspace", { files: 0, errors: 0, warnings: 0 }, async () => {
      await context.scanned();
      // What is found is shown from now on, and has to stay true.
      workspace.configure({ everywhere: true });
      await workspace.scan();
      return schedule.checkWorkspace();
    }),
  );
  let aging: NodeJS.Timeout | undefined;
  connection.onNotification(HOST_PLUGINS, (params: unknown) => {
    workspace.configure({ hosts: hostsIn(params) });
    useNews();
  });
  connection.onNotification(REMOTE_REFS, (params: unknown) => {
    workspace.configure({ remotes: remotesIn(params) });
    useNews();
  });
  return {
    verdict: (uri) => {
      const report = verdictOf(uri);
      const now = report && JSON.stringify([report.document, report.reason]);
      if (!report || told.get(uri) === now) return;
      told.set(uri, now ?? "");
      void connection.sendNotification(VERDICT_CHANGED, report);
    },
    pluginsChanged: () => void connection.sendNotification(PLUGINS_CHANGED, {}),
  };

  /** Now, and again when the oldest news has become too old to go by. */
  function useNews(): void {
    schedule.refresh();
    context.onHosts();
    clearTimeout(aging);
    const ages = [...workspace.hosts, ...workspace.remotes].map(({ at }) => Date.now() - at);
    if (ages.length > 0) aging = setTimeout(useNews, NEWS_STALE - Math.max(...ages) + 1000).unref();
  }

  function verdictOf(uri: string): VerdictReport | null {
    const open = documents.get(uri);
    if (!open) return null;
    const { reason, associated } = open.recognition;
    const [manifest] = manifestsOf(open.recognition);
    return {
      uri,
      reason,
      associated,
      choices: SYSTEMS.flatMap(({ id, documents: kinds }) =>
        kinds.map((kind) => ({ document: `${id}/${kind.id}`, title: kind.title })),
      ),
      ...(manifest && { document: `${manifest.system.id}/${manifest.kind.id}`, title: manifest.kind.title }),
    };
  }

  function previewOf(uri: string): PreviewReport | null {
    const path = pathOf(uri);
    const recognition =
      documents.get(uri)?.recognition ?? (path === undefined ? undefined : workspace.recogniseAt(path));
    const [manifest] = recognition ? manifestsOf(recognition) : [];
    const preview = manifest && workspace.readers.reading(uri, () => context.service.preview(manifest));
    if (!manifest || !preview) return null;
    return { ...preview, system: manifest.system.id, document: `${manifest.system.id}/${manifest.kind.id}` };
  }

  function localPlugins(): LocalPlugin[] {
    return workspace.index.all().flatMap(({ path, plugin }) => (plugin ? [localPlugin(path, plugin)] : []));
  }

  function localPlugin(
    path: string,
    { system, name, version, root, manifest, detail }: PluginDescription,
  ): LocalPlugin {
    const uri = URI.file(path).toString();
    const found = documents.get(uri)?.recognition.manifest ?? workspace.recogniseAt(path)?.manifest;
    const diagnostics = found ? workspace.readers.reading(uri, () => context.service.diagnose(found)) : [];
    return {
      system,
      name,
      manifest: URI.file(manifest).toString(),
      root: URI.file(root).toString(),
      errors: diagnostics.filter(({ severity }) => severity === 1).length,
      warnings: diagnostics.filter(({ severity }) => severity === 2).length,
      ...(version !== undefined && { version }),
      ...(detail !== undefined && { detail }),
    };
  }
}
