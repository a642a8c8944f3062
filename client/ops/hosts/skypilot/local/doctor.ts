// What a person would check of a SkyPilot server on this machine: its Python, its files, whether all that they list would load, and
// what controllers would get.
import { access, constants, readdir } from "node:fs/promises";
import path from "node:path";
import { fromHome } from "../../../transports/home.js";
import type { Check } from "../../host.js";
import { HostError } from "../../hostError.js";
import { entriesIn } from "../files/entries.js";
import { wheelPathIn } from "../intended.js";
import { type Answer, whyNot } from "../python/probe.js";
import { presentOn } from "./present.js";
import type { LocalServer } from "./server.js";

export async function doctorOf(server: LocalServer, signal: AbortSignal): Promise<readonly Check[]> {
  const python = await attempted("the server's Python", () => pythonCheck(server, signal));
  const files = await attempted("plugins.yaml", () => fileChecks(server));
  return [...python, ...files];
}

async function pythonCheck(server: LocalServer, signal: AbortSignal): Promise<readonly Check[]> {
  const entries = entriesIn((await presentOn(server, "doctor")).plugins, "doctor");
  const answer = await server.ask("doctor", { entries }, signal);
  const { python, pythonVersion, sky, skyError } = answer;
  const where = `${python}, Python ${pythonVersion}`;
  if (skyError !== undefined) {
    const next = "name the Python that runs the API server in the host's settings";
    return [
      { name: "the server's Python", state: "bad", detail: `${where}: no SkyPilot with plugins (${skyError})`, next },
    ];
  }
  const version = sky === "" || sky === undefined ? "SkyPilot" : `SkyPilot ${sky}`;
  return [{ name: "the server's Python", state: "good", detail: `${where}, ${version}` }, ...classChecks(answer)];
}

function classChecks({ classes }: Answer): readonly Check[] {
  if (classes.length === 0) return [{ name: "listed plugins", state: "good", detail: "none is listed" }];
  return classes.map((row): Check => {
    const why = whyNot(row);
    const name = `plugin ${row.className}`;
    const { distribution } = row;
    const from = distribution === undefined ? "" : ` from ${distribution.name} ${distribution.version}`;
    if (why === undefined) return { name, state: "good", detail: `imports${from}` };
    return {
      name,
      state: "bad",
      detail: why,
      next: "install or correct it before the server is restarted: it would not start",
    };
  });
}

async function fileChecks(server: LocalServer): Promise<readonly Check[]> {
  const present = await presentOn(server, "doctor");
  const checks: Check[] = [await writableCheck(server.directory)];
  for (const { file, text } of [present.plugins, present.remote]) {
    const name = path.basename(file);
    const count = entriesIn({ file, text }, "doctor").length;
    if (text === undefined) checks.push({ name, state: "good", detail: `${file} is not there: no plugins` });
    else checks.push({ name, state: "good", detail: `${file} lists ${count}` });
  }
  const remote = entriesIn(present.remote, "doctor").length;
  const written = wheelPathIn(present.plugins.text ?? "");
  if (remote > 0 || written !== undefined) checks.push(await wheelCheck(written, remote));
  return checks;
}

async function writableCheck(directory: string): Promise<Check> {
  const name = "the server's folder";
  const may = await access(directory, constants.W_OK).then(
    () => true,
    () => false,
  );
  if (may) return { name, state: "good", detail: `${directory} can be written` };
  return {
    name,
    state: "bad",
    detail: `${directory} is missing or can't be written`,
    next: "correct the host's directory, or act as its owner",
  };
}

async function wheelCheck(written: string | undefined, remote: number): Promise<Check> {
  const name = "wheels for controllers";
  const next = "deploy a plugin with a remote_plugins.yaml, which writes its wheel there";
  if (written === undefined) {
    const detail =
      "remote_plugins.yaml lists plugins, and plugins.yaml names no controller_wheel_path: controllers get nothing";
    return { name, state: "attention", detail, next };
  }
  const place = fromHome(written);
  if (!path.isAbsolute(place)) {
    const detail = `controller_wheel_path "${written}" counts from the server's working directory`;
    return { name, state: "attention", detail, next: "write an absolute path" };
  }
  const wheels = (await readdir(place).catch(() => [])).filter((one) => one.endsWith(".whl"));
  if (wheels.length === 0 && remote > 0)
    return { name, state: "attention", detail: `${place} has no wheel: controllers get nothing`, next };
  return {
    name,
    state: "good",
    detail: `${place}: ${wheels.length === 0 ? "no wheel, and none is needed" : wheels.join(", ")}`,
  };
}

async function attempted(name: string, look: () => Promise<readonly Check[]>): Promise<readonly Check[]> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    return [{ name, state: "bad", detail: error.message, next: error.next }];
  }
}
