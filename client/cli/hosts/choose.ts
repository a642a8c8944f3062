// Which host a command means: `--host NAME` from settings or a config file, or `--system` with `--url`. Makes no request.

import fs from "node:fs";
import path from "node:path";
import { nearest } from "../../../server/service/index.js";
import {
  connect,
  executablesFrom,
  type HostConfig,
  type HostIo,
  type PluginHost,
  parseHostConfigs,
} from "../../ops/index.js";
import { listed } from "../arguments.js";
import { type Call, Misuse } from "../command.js";
import { isRecord, readJsonc, settingsAbove } from "../settings.js";
import { ownKey } from "./keys.js";

/** `near`: a plugin's folder, whose settings come before those of the working directory. */
export function chosenHost(call: Call, near?: string): PluginHost {
  const row = chosenRow(call, near);
  return connect(row, hostIo(call, row));
}

/** The rows that `--hosts` names, in its order. Each gets its own key: one host's is never sent to another. */
export function chosenHosts(call: Call, near?: string): readonly PluginHost[] {
  for (const one of ["host", "system", "url"])
    if (call.value(one) !== undefined) throw new Misuse(`--hosts stands for itself; leave out --${one}`);
  const names = [...new Set((call.value("hosts") ?? "").split(",").map((name) => name.trim()))].filter(Boolean);
  if (names.length === 0) throw new Misuse("--hosts needs names of hosts: --hosts team,staging");
  const rows = names.map((name) => rowNamed(call, near, name));
  const origins = new Set(rows.map(({ url }) => (url === undefined ? undefined : URL.parse(url)?.origin)));
  const common = origins.size === 1 ? call.terminal.token : undefined;
  return rows.map((row) =>
    connect(row, { ...hostIo(call), token: async () => ownKey(call.terminal, row.name) ?? common }),
  );
}

/** What a host is reached with from a terminal; what is no host's own, where none is given. */
export function hostIo(call: Call, row?: Pick<HostConfig, "name">): HostIo {
  const { terminal } = call;
  const executables = executablesFrom((variable) => terminal.env[variable]);
  return { token: async () => (row && ownKey(terminal, row.name)) ?? terminal.token, executables };
}

function chosenRow(call: Call, near: string | undefined): HostConfig {
  const [name, system, url] = [call.value("host"), call.value("system"), call.value("url")];
  if (url !== undefined || system !== undefined) {
    if (name !== undefined) throw new Misuse("--host stands for itself; leave out --system and --url, or --host");
    if (url === undefined) throw new Misuse("--system needs --url as well");
    if (system === undefined) throw new Misuse("--url needs --system as well, such as --system buntime");
    return rowOf(system, url);
  }
  return rowNamed(call, near, name);
}

/** The row of this name; without one, the only row there is. */
function rowNamed(call: Call, near: string | undefined, name: string | undefined): HostConfig {
  const { rows, problems, where } = configuredRows(call, near);
  const row = name === undefined ? rows[0] : rows.find((one) => one.name === name);
  if (row && (name !== undefined || rows.length === 1)) return row;
  const names = rows.map((one) => one.name);
  const otherwise = call.knows("url") ? "write --system and --url" : "add it there, or name a file with --config";
  if (name === undefined) {
    const some = names.length === 0 ? otherwise : `write --host with ${listed(names)}`;
    throw new Misuse(`which host? ${[...problems, `${some} (${where})`].join("; ")}`);
  }
  const own = problems.filter((problem) => problem.startsWith(`host "${name}" `));
  if (own.length > 0) throw new Misuse(`${own.join("; ")} (${where})`);
  if (names.length === 0) {
    throw new Misuse([`there is no host "${name}"`, ...problems, `${where}; ${otherwise}`].join("; "));
  }
  const [meant] = nearest(name, names);
  const hint = meant === undefined ? `there are ${listed(names)}` : `did you mean "${meant}"?`;
  throw new Misuse([`there is no host "${name}" in ${where}`, ...problems, hint].join("; "));
}

function rowOf(system: string, url: string): HostConfig {
  const name = URL.parse(url)?.host || url;
  const { hosts, problems } = parseHostConfigs([{ name, system, url }]);
  const [row] = hosts;
  if (row) return row;
  throw new Misuse(problems.map(({ message }) => message).join("; "));
}

interface Rows {
  readonly rows: readonly HostConfig[];
  readonly problems: readonly string[];
  /** In words. */
  readonly where: string;
}

function configuredRows({ terminal, value }: Call, near: string | undefined): Rows {
  const config = value("config");
  if (config !== undefined) {
    const content = configIn(config, terminal.cwd);
    const list = isRecord(content) ? (content["plugsmith.hosts"] ?? content.hosts) : content;
    return checkedRows(list, `"${config}"`, path.dirname(path.resolve(terminal.cwd, config)));
  }
  for (const folder of near === undefined ? [terminal.cwd] : [near, terminal.cwd]) {
    const settings = settingsAbove(folder);
    const list = settings?.values["plugsmith.hosts"];
    if (settings && list !== undefined) return checkedRows(list, terminal.shown(settings.file), settings.folder);
  }
  return { rows: [], problems: [], where: "no .vscode/settings.json here has plugsmith.hosts" };
}

function configIn(config: string, cwd: string): unknown {
  const file = path.resolve(cwd, config);
  if (!fs.existsSync(file)) throw new Misuse(`there is no config file "${config}"`);
  const read = readJsonc(file);
  if (read === undefined) throw new Misuse(`the config file "${config}" can't be read`);
  const { value, mistakeInLine } = read;
  if (mistakeInLine === undefined) return value;
  throw new Misuse(`the config file "${config}" is not JSON: there is a mistake in line ${mistakeInLine}`);
}

/** `base`: the folder of the settings; rows name files relative to it. */
function checkedRows(list: unknown, where: string, base: string): Rows {
  const { hosts, problems } = parseHostConfigs(list, base);
  return { rows: hosts, problems: problems.map(({ message }) => message), where };
}
