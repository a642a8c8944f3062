// Packing a SkyPilot plugin: its wheel, built here, beside its plugins.yaml and remote_plugins.yaml. The digest of the contents is of
// the sources, so that it tells whether anything changed without building first.
import path from "node:path";
import { writeBundle } from "../../pack/bundle.js";
import { findingsWith } from "../../pack/findings.js";
import { openBundle } from "../../pack/openBundle.js";
import type { Packer, WriteOptions } from "../../pack/packer.js";
import { filesOfArchive } from "../../transports/files.js";
import { runOf } from "../../transports/process.js";
import { definedOf } from "../../values.js";
import type { Finding } from "../host.js";
import { HostError } from "../hostError.js";
import { isSkypilotFolder, pluginsName, remoteName } from "./files/project.js";
import { raiseVersion } from "./files/version.js";
import { judgeShipment } from "./judge.js";
import { planSkypilot, type SkypilotPlan, skypilotPlan } from "./plan.js";
import { type SkypilotShipment, skypilotShipment } from "./shipment.js";
import { type Built, withWheel } from "./wheels/build.js";
import { holdsModule, readWheel } from "./wheels/wheel.js";

export const skypilotPacker: Packer = {
  claims: isSkypilotFolder,
  plan: planSkypilot,
  preflight: async (plan, diagnostics) => findingsWith(plan.findings, diagnostics),
  write: (plan, options) => write(skypilotPlan(plan), options),
  open,
  raiseVersion,
  judge: (shipment): readonly Finding[] => judgeShipment(skypilotShipment(shipment)),
};

async function write(plan: SkypilotPlan, options: WriteOptions): Promise<SkypilotShipment> {
  const [blocking] = plan.findings.filter((finding) => finding.severity === "error");
  if (blocking !== undefined) {
    const next = "nothing was packed; correct this and package again";
    throw new HostError({ kind: "refused", step: "package", message: blocking.message, next });
  }
  const { python } = plan.project;
  if (python === undefined) return bundle(plan, options, undefined);
  const signal = options.signal ?? new AbortController().signal;
  const { onStep } = options;
  const build = {
    folder: plan.folder,
    files: plan.files,
    versionFromGit: python.versionFromGit,
    run: runOf(options.tools ?? {}),
    signal,
    ...(onStep === undefined ? {} : { onStep }),
  };
  return withWheel(build, (wheel) => bundle(plan, options, wheel));
}

async function bundle(
  plan: SkypilotPlan,
  { file, signal }: WriteOptions,
  wheel: Built | undefined,
): Promise<SkypilotShipment> {
  const { plugins, remote } = plan.project;
  refuseStrangers(plan, wheel);
  const texts = [
    ...(plugins === undefined ? [] : [{ path: pluginsName, text: plugins.text }]),
    ...(remote === undefined ? [] : [{ path: remoteName, text: remote.text }]),
  ];
  const name = plan.name ?? "";
  const version = wheel?.version ?? plan.version;
  const facts = { system: "skypilot", name, contents: plan.contents, ...definedOf({ version }) };
  const written = await writeBundle({
    file,
    folder: wheel === undefined ? plan.folder : path.dirname(wheel.path),
    files: wheel === undefined ? [] : [{ path: wheel.file, bytes: wheel.bytes }],
    texts,
    facts,
    ...definedOf({ signal }),
  });
  const entries = [...(wheel === undefined ? [] : [wheel.file]), ...texts.map((text) => text.path)].sort();
  return {
    ...written,
    system: "skypilot",
    name,
    contents: plan.contents,
    entries,
    ...definedOf({ version, origin: plan.origin, plugins: plugins?.text, remote: remote?.text }),
    ...(wheel === undefined ? {} : { wheel: withoutPath(wheel) }),
  };
}

function withoutPath({ path: _place, ...wheel }: Built) {
  return wheel;
}

/** A wheel without a single listed class is of something else, or packed nothing. */
function refuseStrangers(plan: SkypilotPlan, wheel: Built | undefined): void {
  const classes = plan.classes;
  if (wheel === undefined || classes.length === 0 || classes.some((name) => holdsModule(wheel, name))) return;
  throw new HostError({
    kind: "refused",
    step: "package",
    message: `the wheel ${wheel.file} holds none of the listed classes (${classes.join(", ")})`,
    next: "name the package in the project's build configuration ([tool.setuptools] packages), or correct the classes",
  });
}

async function open(file: string): Promise<SkypilotShipment> {
  const opened = await openBundle(file, [pluginsName, remoteName]);
  const { facts, texts } = opened;
  const text = (key: string) => (typeof facts?.[key] === "string" ? facts[key] : undefined);
  const [plugins, remote] = [texts.get(pluginsName), texts.get(remoteName)];
  if (facts?.system !== "skypilot" || (plugins === undefined && remote === undefined)) {
    throw new HostError({
      kind: "refused",
      step: "package",
      message: `${path.basename(file)} is no package of a SkyPilot plugin`,
      next: "package the plugin's folder instead",
    });
  }
  const wheelName = opened.entries.find((name) => name.endsWith(".whl"));
  const wheel = wheelName === undefined ? undefined : readWheel(wheelName, await wheelBytes(file));
  const { path: place, bytes, sha256, entries } = opened;
  return {
    path: place,
    bytes,
    sha256,
    entries,
    system: "skypilot",
    name: text("name") ?? "",
    contents: text("contents") ?? opened.contents,
    ...definedOf({ version: text("version"), plugins, remote, wheel }),
  };
}

/** The wheel in a bundle. */
export async function wheelBytes(bundleFile: string): Promise<Buffer> {
  const member = (await filesOfArchive(bundleFile)).find(({ path: name }) => name.endsWith(".whl"));
  if (member !== undefined) return Buffer.from(await member.read());
  const message = `${path.basename(bundleFile)} holds no wheel`;
  throw new HostError({ kind: "refused", step: "upload", message, next: "package the plugin again" });
}
