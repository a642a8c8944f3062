// Judges a class as a SkyPilot plugin: whether BasePlugin is among its bases, what it leaves abstract, what its
// constructor takes and in which processes it loads. Each answer can be undefined: not known here.

import type { FindModule, LoadedModule } from "./modules.js";
import type { Parameter } from "./parameters.js";
import { meaningOfExpression } from "./resolve.js";
import type { Member, PythonClass } from "./scan.js";

export interface PluginClass {
  readonly isPlugin: boolean | undefined;
  /** Methods that stay abstract, so that the class can't be built. */
  readonly abstract: readonly string[] | undefined;
  /** Parameters of the constructor without `self`. */
  readonly parameters: readonly Parameter[] | undefined;
  readonly contexts: Contexts | undefined;
  /** The method that the server calls with the context alone. */
  readonly install: Member | undefined;
  /** The class whose constructor is called, itself or one of its bases; absent when that is none or not known. */
  readonly builder?: ClassAt;
}

export interface ClassAt {
  readonly class: PythonClass;
  readonly module: LoadedModule;
}

/** `load_contexts` as written: names of members, or texts, which match nothing. */
export type Contexts = { readonly kind: "members"; readonly names: readonly string[] } | { readonly kind: "texts" };

interface Lineage {
  /** The class and its bases that are known, nearest first. */
  readonly classes: readonly PythonClass[];
  readonly homes: ReadonlyMap<PythonClass, LoadedModule>;
  readonly reachesBasePlugin: boolean;
  readonly hasUnknown: boolean;
  /** A base of Python's own, with a constructor that isn't read. */
  readonly hasForeign: boolean;
}

export function judgePlugin(start: PythonClass, module: LoadedModule, find: FindModule): PluginClass {
  const lineage = lineageOf(start, module, find);
  const isPlugin = lineage.reachesBasePlugin ? true : lineage.hasUnknown ? undefined : false;
  const parameters = constructorOf(lineage);
  const builder = lineage.classes.find((one) => one.members.has("__init__") || one.decorators.length > 0);
  const home = builder && lineage.homes.get(builder);
  return {
    isPlugin,
    abstract: lineage.hasUnknown ? undefined : abstractOf(lineage),
    parameters,
    contexts: contextsOf(lineage),
    install: installOf(lineage),
    ...(parameters && builder && home && { builder: { class: builder, module: home } }),
  };
}

function lineageOf(start: PythonClass, home: LoadedModule, find: FindModule): Lineage {
  const classes: PythonClass[] = [];
  const homes = new Map<PythonClass, LoadedModule>();
  let reachesBasePlugin = false;
  let hasUnknown = false;
  let hasForeign = false;
  visit(start, home);
  return { classes, homes, reachesBasePlugin, hasUnknown, hasForeign };

  function visit(one: PythonClass, module: LoadedModule): void {
    if (classes.includes(one)) return;
    classes.push(one);
    homes.set(one, module);
    // A decorator may hand back another class; a metaclass may make anything of it.
    const isOther = one.decorators.some((decorator) => !DATACLASS.test(decorator));
    if (isOther || one.keywords.some((word) => !/^metaclass\s*=\s*(abc\.)?ABCMeta$/.test(word))) hasUnknown = true;
    for (const base of one.bases) {
      const meaning = meaningOfExpression(module, base, find);
      if (meaning.kind === "class") visit(meaning.class, meaning.module);
      else if (meaning.kind === "base-plugin") reachesBasePlugin = true;
      else if (meaning.kind === "foreign") hasForeign = true;
      else if (meaning.kind !== "plain") hasUnknown = true;
    }
  }
}

/** Hands back the class that it was given, with a constructor. */
const DATACLASS = /^(dataclasses\.)?dataclass\b/;

const isAbstract = ({ decorators }: Member): boolean => decorators.some((one) => /\babstract\w+$/.test(one));

function abstractOf({ classes, reachesBasePlugin }: Lineage): readonly string[] {
  const names = new Set(reachesBasePlugin ? ["install"] : []);
  for (const one of classes) for (const [name, member] of one.members) if (isAbstract(member)) names.add(name);
  if (!reachesBasePlugin) return [];
  return [...names].filter((name) => {
    const nearest = classes.find((one) => one.members.has(name))?.members.get(name);
    return !nearest || isAbstract(nearest);
  });
}

function constructorOf(lineage: Lineage): readonly Parameter[] | undefined {
  const { classes, reachesBasePlugin, hasUnknown, hasForeign } = lineage;
  if (hasUnknown || hasForeign || !reachesBasePlugin || classes.some((one) => one.members.has("__new__")))
    return undefined;
  const builder = classes.find((one) => one.members.has("__init__") || one.decorators.length > 0);
  const init = builder?.members.get("__init__");
  if (builder && !init) return fieldsOf(classes.slice(classes.indexOf(builder)));
  // BasePlugin has no constructor of its own, so without one `object` takes no arguments.
  if (!init) return [];
  if (init.kind !== "method" || init.decorators.length > 0 || init.parameters.length === 0) return undefined;
  const [self, ...own] = init.parameters;
  return self?.kind === "rest" ? init.parameters : own;
}

/** What a dataclass takes: its annotated names, and those of the dataclasses among its bases. */
function fieldsOf(classes: readonly PythonClass[]): readonly Parameter[] | undefined {
  if (classes[0]?.decorators.some((decorator) => /\binit\b/.test(decorator))) return undefined;
  const found = new Map<string, Parameter>();
  const own = classes.filter(({ decorators }) => decorators.length > 0).reverse();
  for (const { name, annotation, value } of own.flatMap(({ fields }) => fields)) {
    if (/^(typing\.)?ClassVar\b|\bKW_ONLY$/.test(annotation)) continue;
    // An annotation in quotes may be any of these; a field by a function of one's own may be anything.
    const init =
      value !== undefined && /\bfield\(/.test(value) ? /\binit\b(?:\s*=\s*(True|False)\b)?/.exec(value) : null;
    if (annotation === '""' || (init && init[1] === undefined)) return undefined;
    if (init?.[1] === "False") {
      found.delete(name);
      continue;
    }
    const hasDefault = value !== undefined && (!/\bfield\(/.test(value) || /\bdefault(_factory)?\s*=/.test(value));
    found.set(name, { name, hasDefault, kind: "normal" });
  }
  return [...found.values()];
}

function installOf({ classes, reachesBasePlugin, hasUnknown }: Lineage): Member | undefined {
  if (hasUnknown || !reachesBasePlugin) return undefined;
  const install = classes.find((one) => one.members.has("install"))?.members.get("install");
  return install?.kind === "method" && install.decorators.length === 0 ? install : undefined;
}

function contextsOf({ classes, hasUnknown }: Lineage): Contexts | undefined {
  if (hasUnknown || classes.some((one) => one.members.has("should_load"))) return undefined;
  const written = classes.find((one) => one.members.has("load_contexts"))?.members.get("load_contexts");
  if (written?.kind !== "value") return undefined;
  const items = written.text.replace(/^(frozenset|set)\s*\((.*)\)$/s, "$2").trim();
  const inner = /^[[{(](.*)[\]})]$/s.exec(items)?.[1];
  if (inner === undefined) return undefined;
  const parts = inner
    .split(",")
    .map((one) => one.trim())
    .filter(Boolean);
  if (parts.length > 0 && parts.every((part) => /^[rbu]*""$/i.test(part))) return { kind: "texts" };
  const names = parts.map((part) => /(?:^|\.)PluginContext\.(\w+)$/.exec(part)?.[1]);
  const known = names.filter((name) => name !== undefined);
  return known.length === parts.length ? { kind: "members", names: known } : undefined;
}
