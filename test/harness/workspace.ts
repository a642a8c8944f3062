// A fixture as the service sees it: its first file recognised, the others on a disk in memory.

import { URI } from "vscode-uri";
import {
  DEFAULT_SETTINGS,
  type Manifest,
  type ManifestFacts,
  manifestsOf,
  NO_FILES,
  parseText,
  recognise,
  type ServiceSettings,
  SYSTEMS,
  usedDocument,
  usuallyEmbeds,
  type Workspace,
} from "../../server/service/index.js";
import type { Fixture } from "./fixture.js";
import { memoryFiles } from "./memoryFiles.js";

export interface Opened {
  readonly manifest: Manifest | undefined;
  /** What it is to a manifest that uses it, where it is none itself. */
  readonly used: Manifest | undefined;
  readonly reason: string;
  readonly workspace: Workspace;
}

export function openFixture(fixture: Fixture, eol: "\n" | "\r\n" = "\n"): Opened {
  const text = (one: string) => (eol === "\n" ? one : one.replace(/\n/g, eol));
  const isDiskUnknown = fixture.sections.some(({ name, lines }) => name === "disk" && lines.includes("unknown"));
  const files = isDiskUnknown
    ? NO_FILES
    : memoryFiles(new Map(fixture.files.map((file) => [file.path, text(file.text)])));
  const settings: ServiceSettings = { ...DEFAULT_SETTINGS, ...fixture.settings };
  // As the index of a live workspace does: the same list until something changes, and nothing does here.
  const facts = new Map<string, ManifestFacts[]>();
  const recognised = new Map<string, readonly Manifest[]>();
  const workspace: Workspace = {
    files,
    roots: ["/workspace"],
    manifests: (system) => {
      const known = facts.get(system) ?? factsOf(fixture, system, workspace, settings);
      facts.set(system, known);
      return known;
    },
    open: (path) => workspace.documents(path)[0],
    documents: (path) => {
      const known = recognised.get(path) ?? documentsAt(path);
      recognised.set(path, known);
      return known;
    },
    hosts: (fixture.hosts ?? []).map(({ minutes = 0, ...host }) => ({
      ...host,
      at: Date.now() - minutes * 60_000 - 500,
    })),
    remotes: (fixture.remotes ?? []).map(({ minutes = 0, ...remote }) => ({
      ...remote,
      at: Date.now() - minutes * 60_000 - 500,
    })),
  };
  const documentsAt = (path: string): readonly Manifest[] => {
    const file = fixture.files.find((one) => one.path === path);
    return file
      ? manifestsOf(recognise(parseText(URI.file(path).toString(), text(file.text)), workspace, settings))
      : [];
  };
  const [first] = fixture.files;
  if (!first) throw new Error(`the fixture "${fixture.title}" has no file`);
  const parsed = parseText(URI.file(first.path).toString(), text(first.text));
  const { manifest, reason } = recognise(parsed, workspace, settings);
  const used = manifest ? undefined : usedDocument(parsed, workspace, settings);
  return { manifest, used, reason, workspace };
}

function factsOf(fixture: Fixture, id: string, workspace: Workspace, settings: ServiceSettings): ManifestFacts[] {
  const system = SYSTEMS.find((one) => one.id === id);
  if (!system?.facts) return [];
  const { facts } = system;
  return fixture.files
    .flatMap((file) => {
      if (!system.documents.some((kind) => kind.fits(file.path)) && !usuallyEmbeds(file.path)) return [];
      return manifestsOf(recognise(parseText(URI.file(file.path).toString(), file.text), workspace, settings))
        .filter((manifest) => manifest.system === system)
        .map((manifest) => ({ path: file.path, document: manifest.kind.id, facts: facts(manifest) }));
    })
    .sort((a, b) => a.path.localeCompare(b.path));
}
