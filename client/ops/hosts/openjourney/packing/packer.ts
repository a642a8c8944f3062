// Packing an OpenJourney plugin: its image is built by the user's docker, its manifests are rendered by kubectl, and both are kept
// together with what the image is.
import path from "node:path";
import { writeBundle } from "../../../pack/bundle.js";
import { findingsWith } from "../../../pack/findings.js";
import { openBundle } from "../../../pack/openBundle.js";
import type { Packer, WriteOptions } from "../../../pack/packer.js";
import type { PackPlan } from "../../../pack/plan.js";
import { parsedJson } from "../../../parsedJson.js";
import { kustomizeAt } from "../../../transports/kubernetes/index.js";
import { runOf } from "../../../transports/process.js";
import { definedOf } from "../../../values.js";
import { HostError } from "../../hostError.js";
import { ownPlan } from "../../own.js";
import { isFile, localRegistry } from "../conventions.js";
import { build, tag as tagImage } from "../docker.js";
import { objectsIn, objectsOf, textOf } from "../manifests.js";
import { type Image, imageFrom, type OpenjourneyShipment, openjourneyShipment } from "../shipment.js";
import { type OpenjourneyPlan, planPlugin } from "./plan.js";

const manifestsMember = "manifests.yaml";
const imageMember = "image.json";

export const openjourneyPacker: Packer = {
  claims: async (folder) =>
    path.basename(path.dirname(path.resolve(folder))) === "plugins" && isFile(path.join(folder, "Dockerfile")),
  plan: planPlugin,
  preflight: async (plan, diagnostics) => findingsWith(plan.findings, diagnostics),
  write: (plan, options) => write(openjourneyPlan(plan), options),
  open,
  judge: (shipment) => {
    openjourneyShipment(shipment);
    return [];
  },
};

async function write(plan: OpenjourneyPlan, options: WriteOptions): Promise<OpenjourneyShipment> {
  const [blocking] = plan.findings.filter((finding) => finding.severity === "error");
  if (blocking !== undefined) {
    const next = "nothing was built; correct this and package again";
    throw new HostError({ kind: "refused", step: "package", message: blocking.message, next });
  }
  const { name, root, registry, kustomization, folder } = plan;
  const run = runOf(options.tools ?? {});
  const signal = options.signal ?? new AbortController().signal;
  const { onStep } = options;
  onStep?.(`docker build of ${name}`);
  const dockerfile = path.join("plugins", name, "Dockerfile");
  const usual = `${localRegistry}/${name}`;
  const lines = onStep === undefined ? {} : { onLine: (line: string) => onStep(`docker: ${line}`) };
  const { id } = await build(run, { root, dockerfile, tags: [usual], signal, ...lines });
  const image: Image = { name: `${registry}/${name}`, tag: id.slice("sha256:".length, "sha256:".length + 12), id };
  await tagImage(run, usual, `${image.name}:${image.tag}`, signal);
  onStep?.("rendering the manifests");
  const rendered = kustomization === undefined ? "" : await kustomizeAt(run, {}).render(kustomization, signal);
  const manifests = plan.isOverlay ? textOf(objectsOf(name, objectsIn(rendered))) : rendered;
  const { file } = options;
  const { contents, origin } = plan;
  return bundled({ file, folder, name, image, manifests, contents, origin, ...(options.signal && { signal }) });
}

/** The bundle again, with the digest that the registry gave the image. */
export function withDigest(shipment: OpenjourneyShipment, digest: string): Promise<OpenjourneyShipment> {
  const { path: file, folder, name, manifests, contents, origin } = shipment;
  return bundled({ file, folder, name, manifests, contents, origin, image: { ...shipment.image, digest } });
}

interface Contents {
  readonly file: string;
  readonly folder: string | undefined;
  readonly name: string;
  readonly image: Image;
  readonly manifests: string;
  /** Of the plugin's folder: what the image and the manifests were made of. */
  readonly contents: string;
  readonly origin: PackPlan["origin"] | undefined;
  readonly signal?: AbortSignal;
}

async function bundled({
  file,
  folder,
  name,
  image,
  manifests,
  contents,
  origin,
  signal,
}: Contents): Promise<OpenjourneyShipment> {
  await writeBundle({
    file,
    folder: path.dirname(path.resolve(file)),
    files: [],
    texts: [
      { path: manifestsMember, text: manifests },
      { path: imageMember, text: `${JSON.stringify(image, undefined, 2)}\n` },
    ],
    facts: { system: "openjourney", name, contents },
    ...(signal === undefined ? {} : { signal }),
  });
  return { ...(await open(file)), ...definedOf({ folder, origin }) };
}

async function open(file: string): Promise<OpenjourneyShipment> {
  const { facts, texts, contents: members, ...bundle } = await openBundle(file, [manifestsMember, imageMember]);
  const image = imageFrom(parsedJson(texts.get(imageMember) ?? ""));
  const manifests = texts.get(manifestsMember);
  if (
    facts?.system !== "openjourney" ||
    typeof facts.name !== "string" ||
    image === undefined ||
    manifests === undefined
  ) {
    const message = `${path.basename(file)} is no package of an OpenJourney plugin that Plugsmith made`;
    throw new HostError({ kind: "refused", step: "package", message, next: "package the plugin's folder instead" });
  }
  const contents = typeof facts.contents === "string" ? facts.contents : members;
  return { ...bundle, contents, system: "openjourney", name: facts.name, version: image.tag, image, manifests };
}

function openjourneyPlan(plan: PackPlan): OpenjourneyPlan {
  return ownPlan(plan, isOpenjourney, "openjourney");
}

function isOpenjourney(plan: PackPlan): plan is OpenjourneyPlan {
  return plan.system === "openjourney" && "registry" in plan;
}
