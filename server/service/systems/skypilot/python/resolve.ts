// What a dotted name stands for: follows imports, aliases and re-exports through the modules of the workspace, and knows
// SkyPilot's `BasePlugin` by where it is imported from. Whatever leaves the workspace is unknown.

import type { FindModule, LoadedModule } from "./modules.js";
import type { Binding, PythonClass } from "./scan.js";

export type Meaning =
  | { readonly kind: "class"; readonly class: PythonClass; readonly module: LoadedModule }
  /** sky.server.plugins.BasePlugin itself. */
  | { readonly kind: "base-plugin" }
  /** `object`, `ABC`, `Generic`: a base that adds nothing of interest. */
  | { readonly kind: "plain" }
  /** A class of Python itself that is surely no BasePlugin, with a constructor of its own. */
  | { readonly kind: "foreign" }
  | { readonly kind: "not-a-class"; readonly what: "a function" | "a module" | "an instance" | "a value" }
  | { readonly kind: "missing"; readonly names: readonly string[]; readonly module: LoadedModule }
  | { readonly kind: "unknown" };

const UNKNOWN: Meaning = { kind: "unknown" };
const PLAIN = new Set(["object", "abc.ABC", "typing.Generic", "typing.Protocol", "typing_extensions.Protocol"]);
const FOREIGN = new Set([
  ...[
    "Exception",
    "BaseException",
    "RuntimeError",
    "ValueError",
    "dict",
    "list",
    "set",
    "tuple",
    "str",
    "int",
    "float",
  ],
  ...["enum.Enum", "enum.StrEnum", "enum.IntEnum", "threading.Thread", "typing.NamedTuple", "typing.TypedDict"],
]);
const MAX_STEPS = 20;

/** A name at the top of a module: `getattr(module, name)`. */
export function meaningIn(module: LoadedModule, name: string, find: FindModule, steps = 0): Meaning {
  if (steps > MAX_STEPS) return UNKNOWN;
  const bindings = module.module.bindings.get(name) ?? [];
  const [first, ...more] = bindings;
  if (!first) return unbound(module, name, find);
  if (more.length === 0) return meaningOf(first, module, find, steps);
  const meanings = bindings.map((one) => meaningOf(one, module, find, steps));
  // `try: from sky… import BasePlugin` with a stand-in in `except ImportError` is how plugins are made testable.
  return meanings.find(({ kind }) => kind === "base-plugin") ?? UNKNOWN;
}

/** An expression such as a base class: `BasePlugin`, `plugins.BasePlugin`, `Generic[T]`. */
export function meaningOfExpression(module: LoadedModule, text: string, find: FindModule, steps = 0): Meaning {
  const path = text.replace(/\[.*\]$/s, "").trim();
  if (steps > MAX_STEPS || !/^[\p{L}_][\p{L}\p{N}_]*(\.[\p{L}_][\p{L}\p{N}_]*)*$/u.test(path)) return UNKNOWN;
  const [head = "", ...rest] = path.split(".");
  if (rest.length === 0) {
    const known = module.module.bindings.has(head) || module.module.isOpen ? undefined : ofPython(head);
    return known ?? meaningIn(module, head, find, steps + 1);
  }
  const bindings = module.module.bindings.get(head) ?? [];
  const [binding] = bindings;
  if (bindings.length !== 1 || binding?.kind !== "import") return UNKNOWN;
  const from = absolute(binding.module, module);
  const full = [from, ...(binding.name === undefined ? [] : [binding.name]), ...rest].join(".");
  return meaningOfPath(full, find, steps + 1);
}

function meaningOf(binding: Binding, module: LoadedModule, find: FindModule, steps: number): Meaning {
  switch (binding.kind) {
    case "class":
      return { kind: "class", class: binding.class, module };
    case "function":
      return { kind: "not-a-class", what: "a function" };
    case "value":
      return meaningOfValue(binding.text, module, find, steps);
    case "import":
      if (binding.name === undefined) return { kind: "not-a-class", what: "a module" };
      return meaningOfPath(`${absolute(binding.module, module)}.${binding.name}`, find, steps + 1);
    default:
      return UNKNOWN;
  }
}

function meaningOfValue(text: string, module: LoadedModule, find: FindModule, steps: number): Meaning {
  if (/^(None|True|False|-?\d[\w.]*|[rbfu]*""|\[.*\]|\{.*\})$/is.test(text))
    return { kind: "not-a-class", what: "a value" };
  const called = /^([\w.]+)\(.*\)$/s.exec(text)?.[1];
  const maker = called === undefined ? UNKNOWN : meaningOfExpression(module, called, find, steps + 1);
  // A decorator or a metaclass may make anything of the call.
  if (maker.kind === "class" && maker.class.decorators.length === 0 && maker.class.keywords.length === 0)
    return { kind: "not-a-class", what: "an instance" };
  const meaning = /^[\w.]+$/.test(text) ? meaningOfExpression(module, text, find, steps + 1) : UNKNOWN;
  return meaning.kind === "missing" ? UNKNOWN : meaning;
}

function ofPython(path: string): Meaning | undefined {
  if (PLAIN.has(path)) return { kind: "plain" };
  return FOREIGN.has(path) ? { kind: "foreign" } : undefined;
}

function meaningOfPath(path: string, find: FindModule, steps: number): Meaning {
  if (path === "sky.server.plugins.BasePlugin") return { kind: "base-plugin" };
  const known = ofPython(path);
  if (known) return known;
  const at = path.lastIndexOf(".");
  const search = find(path.slice(0, at));
  if (search.kind !== "found") return UNKNOWN;
  const meaning = meaningIn(search.loaded, path.slice(at + 1), find, steps + 1);
  return meaning.kind === "missing" ? UNKNOWN : meaning;
}

function unbound(module: LoadedModule, name: string, find: FindModule): Meaning {
  if (module.isPackage && find(`${module.name}.${name}`).kind === "found")
    return { kind: "not-a-class", what: "a module" };
  if (module.module.isOpen) return UNKNOWN;
  const names = [...module.module.bindings]
    .filter(([, bindings]) => bindings.some(({ kind }) => kind === "class" || kind === "import"))
    .map(([one]) => one);
  return { kind: "missing", names, module };
}

/** `.x` counted from the module's package. */
export function absolute(path: string, module: LoadedModule): string {
  const [dots = ""] = /^\.*/.exec(path) ?? [];
  if (dots === "") return path;
  const parts = module.name.split(".");
  const up = dots.length - (module.isPackage ? 1 : 0);
  return [...parts.slice(0, Math.max(0, parts.length - up)), path.slice(dots.length)].filter(Boolean).join(".");
}
