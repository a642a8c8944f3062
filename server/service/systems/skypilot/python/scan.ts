// What a Python module defines, read line by line without running it: classes with their bases and members, functions,
// imports and plain names. Doubt is kept: `isOpen` says that more names may exist than are listed.

import { logicalLines } from "./lines.js";
import { type Parameter, parametersOf, splitTop } from "./parameters.js";
import { type PythonSyntaxError, syntaxErrorIn } from "./syntaxError.js";

export interface PythonModule {
  readonly bindings: ReadonlyMap<string, readonly Binding[]>;
  /** Why no Python reads it. */
  readonly syntaxError?: PythonSyntaxError;
  /** Names can come from elsewhere: star import, `__getattr__`, `globals()`, or text that was not understood. */
  readonly isOpen: boolean;
  /** What the module imports whenever it is imported itself: not in a branch, a function or a class. */
  readonly imports: readonly ImportStatement[];
}

export interface ImportStatement {
  /** As written, with the dots of a relative one. */
  readonly module: string;
  /** What is taken from there; absent for `import module`. */
  readonly names?: readonly string[];
  /** Offset of the line in its file. */
  readonly start: number;
}

export type Binding =
  | { readonly kind: "class"; readonly class: PythonClass }
  | { readonly kind: "function" }
  | { readonly kind: "import"; readonly module: string; readonly name?: string }
  | { readonly kind: "value"; readonly text: string }
  | { readonly kind: "other" };

export interface PythonClass {
  readonly name: string;
  /** Offset of the statement in its file. */
  readonly start: number;
  readonly bases: readonly string[];
  /** Arguments of the class statement by keyword, such as `metaclass=`. */
  readonly keywords: readonly string[];
  readonly decorators: readonly string[];
  readonly members: ReadonlyMap<string, Member>;
  /** Annotated names of the body, of which a dataclass makes its constructor. */
  readonly fields: readonly { readonly name: string; readonly annotation: string; readonly value?: string }[];
}

export interface Member {
  readonly kind: "method" | "value" | "class";
  readonly decorators: readonly string[];
  readonly parameters: readonly Parameter[];
  readonly isAsync?: boolean;
  /** Right side of an assignment, strings reduced to "". */
  readonly text: string;
}

const MAX_SOURCE = 1_000_000;
const DYNAMIC = /\b(globals|setattr|exec|eval)\s*\(|\b__path__\b|\bsys\.modules\b|\bmeta_path\b|Importer\b/;
const SET_LATER = /^([\p{L}_][\p{L}\p{N}_]*)\.(?:__init__|__new__|install|load_contexts|should_load)$/u;
const TRANSPARENT = /^(if|elif|else|try|except|finally|for|while|with|async for|async with|match|case)\b/;

interface Scope {
  readonly indent: number;
  readonly members: Map<string, Member> | undefined;
  readonly fields?: { name: string; annotation: string; value?: string }[];
  readonly isFunction: boolean;
  decorators: string[];
}

export function scanPython(source: string): PythonModule {
  if (source.length > MAX_SOURCE) return { bindings: new Map(), isOpen: true, imports: [] };
  const { lines, isBroken } = logicalLines(source);
  const syntaxError = syntaxErrorIn(source, isBroken ? [] : lines);
  const bindings = new Map<string, Binding[]>();
  const imports: ImportStatement[] = [];
  let isOpen = isBroken || syntaxError !== undefined || DYNAMIC.test(source);
  const scopes: Scope[] = [{ indent: -1, members: undefined, isFunction: false, decorators: [] }];

  for (const line of lines) {
    while (scopes.length > 1 && line.indent <= (scopes.at(-1)?.indent ?? -1)) scopes.pop();
    const scope = scopes.at(-1);
    if (!scope || scope.isFunction) continue;
    if (scopes.length === 1 && line.indent === 0 && !TRANSPARENT.test(line.text)) imports.push(...importsIn(line));
    for (const statement of splitTop(line.text, ";")) visit(statement.trim(), line, scope);
  }
  for (const [, names = ""] of source.matchAll(/^[ \t]+global[ \t]+([^\n#;]+)/gm))
    for (const name of names.split(",").map((one) => one.trim()))
      if (!bindings.has(name)) bindings.set(name, [{ kind: "other" }]);
  return {
    bindings,
    isOpen: isOpen || bindings.has("__getattr__"),
    imports,
    ...(syntaxError && { syntaxError }),
  };

  function visit(text: string, line: { readonly indent: number; readonly start: number }, scope: Scope): void {
    if (text.startsWith("@")) {
      scope.decorators.push(text.slice(1).trim());
      return;
    }
    const { decorators } = scope;
    scope.decorators = [];
    const classHead = /^class\s+([\p{L}_][\p{L}\p{N}_]*)\s*/u.exec(text);
    if (classHead) {
      visitClass(classHead[1] ?? "", text.slice(classHead[0].length), decorators, line, scope);
      return;
    }
    const functionHead = /^(?:async\s+)?def\s+([\p{L}_][\p{L}\p{N}_]*)\s*/u.exec(text);
    if (functionHead) {
      const name = functionHead[1] ?? "";
      const parameters = parametersOf(argumentsOf(text.slice(functionHead[0].length)).inside);
      const isAsync = text.startsWith("async");
      define(scope, name, { kind: "function" }, { kind: "method", decorators, parameters, isAsync, text: "" });
      scopes.push({ indent: line.indent, members: undefined, isFunction: true, decorators: [] });
      return;
    }
    if (TRANSPARENT.test(text)) {
      visitBlockHead(text, line, scope);
      return;
    }
    visitSimple(text, scope);
  }

  function visitClass(
    name: string,
    rest: string,
    decorators: readonly string[],
    line: { readonly indent: number; readonly start: number },
    scope: Scope,
  ): void {
    const { inside, after } = argumentsOf(rest);
    const given = splitTop(inside, ",")
      .map((one) => one.trim())
      .filter(Boolean);
    const isKeyword = (one: string) => /^\w+\s*=(?!=)/.test(one) || one.startsWith("**");
    const members = new Map<string, Member>();
    const fields: { name: string; annotation: string; value?: string }[] = [];
    const made: PythonClass = {
      name,
      start: line.start,
      bases: given.filter((one) => !isKeyword(one)),
      keywords: given.filter(isKeyword),
      decorators,
      members,
      fields,
    };
    define(scope, name, { kind: "class", class: made }, { kind: "class", decorators, parameters: [], text: "" });
    const body: Scope = { indent: line.indent, members, fields, isFunction: false, decorators: [] };
    scopes.push(body);
    const tail = after.replace(/^\s*:/, "").trim();
    if (tail !== "") visitSimple(tail, body);
  }

  /** `if TYPE_CHECKING: from x import Y`, `with open(p) as f:`; the lines below belong to the scope around. */
  function visitBlockHead(text: string, line: { readonly indent: number; readonly start: number }, scope: Scope): void {
    for (const [, name = ""] of text.matchAll(/\bas\s+([\p{L}_][\p{L}\p{N}_]*)/gu))
      bind(scope, name, { kind: "other" });
    const loop = /^(?:async\s+)?for\s+(.+?)\s+in\b/.exec(text)?.[1] ?? "";
    for (const [name] of loop.matchAll(/[\p{L}_][\p{L}\p{N}_]*/gu)) bind(scope, name, { kind: "other" });
    const [, ...tail] = splitTop(text, ":");
    const rest = tail.join(":").trim();
    if (rest !== "") visit(rest, line, scope);
  }

  function visitSimple(text: string, scope: Scope): void {
    const from = FROM.exec(text);
    if (from) {
      visitFrom((from[1] ?? "").replace(/\s/g, ""), from[2] ?? "", scope);
      return;
    }
    if (/^import\s/.test(text)) {
      visitImport(text.slice(7), scope);
      return;
    }
    const annotated = /^([\p{L}_][\p{L}\p{N}_]*)\s*:([^=]*)(?:=\s*(.*))?$/su.exec(text);
    if (annotated) {
      const [, name = "", annotation = "", value] = annotated;
      scope.fields?.push({ name, annotation: annotation.trim(), ...(value !== undefined && { value }) });
      if (value !== undefined) assign(scope, name, value);
      return;
    }
    const [value = "", ...targets] = splitTop(text, "=").toReversed();
    if (/[-+*/%&|^<>!:]$/.test(targets[0] ?? "") || targets.length === 0) return;
    for (const target of targets) {
      const names = target.split(",").map((one) => one.replace(/[()[\]*\s]/g, ""));
      for (const name of names) {
        const [, owner = ""] = SET_LATER.exec(name) ?? [];
        // A class whose constructor is put into it afterwards takes what can't be known here.
        bindings.get(owner)?.push({ kind: "other" });
        if (/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) assign(scope, name, names.length > 1 ? "?" : value.trim());
      }
    }
  }

  function visitFrom(module: string, imported: string, scope: Scope): void {
    for (const part of imported.replace(/[()]/g, "").split(",")) {
      const [name = "", , alias = name] = part.trim().split(/\s+/);
      if (name === "*") isOpen = true;
      else if (name !== "") bind(scope, alias, { kind: "import", module, name });
    }
  }

  function visitImport(imported: string, scope: Scope): void {
    for (const part of imported.split(",")) {
      const [module = "", , alias] = part.trim().split(/\s+/);
      if (alias !== undefined) bind(scope, alias, { kind: "import", module });
      else if (module !== "") {
        const head = module.split(".")[0] ?? module;
        bind(scope, head, { kind: "import", module: head });
      }
    }
  }

  function assign(scope: Scope, name: string, text: string): void {
    define(scope, name, { kind: "value", text }, { kind: "value", decorators: [], parameters: [], text });
  }

  function bind(scope: Scope, name: string, binding: Binding): void {
    define(scope, name, binding, { kind: "value", decorators: [], parameters: [], text: "?" });
  }

  function define(scope: Scope, name: string, binding: Binding, member: Member): void {
    if (scope.members) {
      // Two of them, in branches say: which one holds is not known here.
      const isDoubt = (name === "__init__" || name === "install") && scope.members.has(name);
      scope.members.set(name, isDoubt ? { kind: "value", decorators: [], parameters: [], text: "?" } : member);
      return;
    }
    const known = bindings.get(name);
    if (!known) bindings.set(name, [binding]);
    else if (!(binding.kind === "import" && known.some((one) => sameImport(one, binding)))) known.push(binding);
  }
}

function importsIn({ text, start }: { readonly text: string; readonly start: number }): readonly ImportStatement[] {
  return splitTop(text, ";").flatMap((statement): readonly ImportStatement[] => {
    const [, module, names = ""] = FROM.exec(statement.trim()) ?? [];
    const firstWord = (part: string) => part.trim().split(/\s+/)[0] ?? "";
    if (module !== undefined) {
      const taken = names.replace(/[()]/g, "").split(",").map(firstWord).filter(Boolean);
      return [{ module: module.replace(/\s/g, ""), names: taken, start }];
    }
    const [, modules] = /^import\s+(.*)$/s.exec(statement.trim()) ?? [];
    return (modules ?? "")
      .split(",")
      .map(firstWord)
      .filter(Boolean)
      .map((one) => ({ module: one, start }));
  });
}

const FROM = /^from\s+([.\p{L}\p{N}_\s]+?)\s*\bimport\s+(.*)$/su;

function sameImport(one: Binding, other: Binding): boolean {
  return one.kind === "import" && other.kind === "import" && one.module === other.module && one.name === other.name;
}

/** `(a, b): rest` as what stands inside the brackets and what follows them. */
function argumentsOf(text: string): { readonly inside: string; readonly after: string } {
  // PEP 695 type parameters stand between the name and the bracket.
  const generic = text.startsWith("[") ? closing(text, 0) + 1 : 0;
  const rest = text.slice(generic).trimStart();
  if (!rest.startsWith("(")) return { inside: "", after: rest };
  const end = closing(rest, 0);
  return { inside: rest.slice(1, end), after: rest.slice(end + 1) };
}

function closing(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const char = text.charAt(at);
    if ("([{".includes(char)) depth++;
    else if (")]}".includes(char) && --depth === 0) return at;
  }
  return text.length;
}
