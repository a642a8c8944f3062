// Logs of hosts in output channels, one for each host, followed until they are stopped; paths in them lead to the files here.

import {
  type Disposable,
  DocumentLink,
  languages,
  type OutputChannel,
  Range,
  type StatusBarItem,
  Uri,
  window,
  workspace,
} from "vscode";
import type { LocalPlugin } from "../../../server/protocol.js";
import { errorText, type HostConfig, HostError, type PluginHost } from "../../ops/index.js";
import { sentence } from "../../sentence.js";
import { linksIn } from "./links.js";

export interface HostLogs extends Disposable {
  /** Shows the host's log and goes on with it. What was followed of this host before ends. */
  follow(config: HostConfig, plugin: string | undefined): Promise<void>;
  /** True when something was followed. */
  stop(host: string): boolean;
  following(): readonly string[];
}

const newest = 200;

export function createHostLogs(
  connect: (config: HostConfig) => PluginHost,
  plugins: () => readonly LocalPlugin[],
): HostLogs {
  const channels = new Map<string, OutputChannel>();
  const followed = new Map<string, { readonly stop: AbortController; readonly item: StatusBarItem }>();
  const channelOf = (host: string) => {
    const channel = channels.get(host) ?? window.createOutputChannel(`Plugsmith: ${host}`);
    channels.set(host, channel);
    return channel;
  };
  const stop = (host: string) => {
    const going = followed.get(host);
    followed.delete(host);
    going?.stop.abort();
    going?.item.dispose();
    return going !== undefined;
  };
  const links = languages.registerDocumentLinkProvider(
    { scheme: "output" },
    {
      provideDocumentLinks: async (document) => {
        // Channels of ours are called so; the logs of others are theirs.
        if (!/plugsmith/i.test(document.uri.path)) return [];
        const known = plugins().map(({ name, root }) => ({ name, root: root.replace(/\/+$/, "") }));
        const found: DocumentLink[] = [];
        for (let at = 0; at < document.lineCount; at += 1) {
          for (const link of linksIn(document.lineAt(at).text, known)) {
            const uri = Uri.parse(link.file);
            if (!(await isFile(uri))) continue;
            const place =
              link.line === undefined ? "" : `L${link.line}${link.column === undefined ? "" : `,${link.column}`}`;
            found.push(
              new DocumentLink(new Range(at, link.start, at, link.start + link.length), uri.with({ fragment: place })),
            );
          }
        }
        return found;
      },
    },
  );
  return {
    follow: async (config, plugin) => {
      const { name } = config;
      stop(name);
      const channel = channelOf(name);
      const controller = new AbortController();
      const item = window.createStatusBarItem(`plugsmith.logs.${name}`);
      Object.assign(item, {
        name: `Plugsmith: log of ${name}`,
        text: `$(output) ${name}`,
        tooltip: `The log of ${name} is followed; click to stop`,
        command: { command: "plugsmith.stopLogs", title: "Stop", arguments: [{ host: name }] },
      });
      item.show();
      followed.set(name, { stop: controller, item });
      channel.clear();
      channel.show(true);
      try {
        const lines = connect(config).logs?.(plugin, { follow: true, tail: newest }, controller.signal) ?? [];
        for await (const { text, source } of lines)
          channel.appendLine(source === undefined ? text : `${source}  ${text}`);
        channel.appendLine(`— the log of ${name} has ended`);
      } catch (error) {
        if (controller.signal.aborted) channel.appendLine("— stopped");
        else if (error instanceof HostError) channel.appendLine(`— ${sentence(errorText(error))}`);
        else throw error;
      } finally {
        if (followed.get(name)?.stop === controller) stop(name);
      }
    },
    stop,
    following: () => [...followed.keys()],
    dispose: () => {
      for (const host of [...followed.keys()]) stop(host);
      for (const one of [links, ...channels.values()]) one.dispose();
    },
  };
}

async function isFile(uri: Uri): Promise<boolean> {
  return workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
