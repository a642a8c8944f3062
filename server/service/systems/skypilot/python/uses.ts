// The places where one Python file names a class of the workspace: bare where it is defined or imported, behind a module, in
// import statements, in `__all__`, and in strings that hold its whole path. Other strings and comments are people's words.

import type { Span } from "../../../text/node.js";
import { basename, dirname } from "../../../text/paths.js";
import type { Files } from "../../facts.js";
import type { FindModule, LoadedModule } from "./modules.js";
import { absolute, type Meaning, meaningIn, meaningOfExpression } from "./resolve.js";
import { scanPython } from "./scan.js";
import { tokens } from "./tokens.js";

export interface Use {
  readonly span: Span;
  /** Why nobody can tell whether, or how, this place is to be rewritten: one clause that follows "file:line". */
  readonly doubt?: string;
}

export interface WantedClass {
  readonly name: string;
  /** The module that defines it. */
  readonly home: LoadedModule;
  readonly newName: string;
}

const BY_HAND = "rename the class with a Python extension";
const WORD = "[\\p{L}_][\\p{L}\\p{N}_]*";

export function usesIn(
  path: string,
  text: string,
  wanted: WantedClass,
  files: Files,
  find: FindModule,
): readonly Use[] {
  const { name, home, newName } = wanted;
  const code = codeOf(text);
  const self = selfOf(path, text, files);
  const imports = importsIn(code);
  const taken = imports.flatMap(({ module, names }) =>
    names.flatMap(({ name: one, span, alias }) =>
      one === name || one === "*" ? [{ module, one, span, alias, from: wherefrom(module) }] : [],
    ),
  );
  const imported = taken.filter(({ one }) => one === name).flatMap(useInImport);
  const isHome = path === home.path;
  const bareHere = isHome || taken.some(({ from, alias }) => from === "home" && alias === undefined);
  const bare = bareHere ? bareUses() : [];
  const all = [...imported, ...bare, ...behindModules(), ...inStrings()];
  const first = bare[0];
  if (first && self.module.bindings.has(newName))
    return [{ span: first.span, doubt: `is where "${newName}" would meet another "${newName}"; choose another name` }];
  return all.toSorted((one, other) => one.span[0] - other.span[0]);

  function wherefrom(written: string): "home" | "elsewhere" | "unknown" {
    const target = absolute(written.replace(/\s/g, ""), self);
    const search = find(target);
    if (search.kind !== "found")
      return target.split(".").at(-1) === home.name.split(".").at(-1) ? "unknown" : "elsewhere";
    return isWanted(meaningIn(search.loaded, name, find)) ? "home" : "elsewhere";
  }

  function isWanted(meaning: Meaning): boolean {
    return meaning.kind === "class" && meaning.module.path === home.path && meaning.class.name === name;
  }

  function useInImport({ from, span }: { readonly from: ReturnType<typeof wherefrom>; readonly span: Span }): Use[] {
    if (from === "elsewhere") return [];
    return [{ span, ...(from === "unknown" && { doubt: `imports "${name}" from where can't be told; ${BY_HAND}` }) }];
  }

  function bareUses(): Use[] {
    const inImports = imports.map(({ span }) => span);
    const found = [...code.matchAll(new RegExp(`(?<![\\p{L}\\p{N}_.])${name}(?![\\p{L}\\p{N}_])`, "gu"))]
      .map(({ index }): Span => [index, index + name.length])
      .filter(([at]) => !inImports.some(([start, end]) => start <= at && at < end))
      .filter(([at, end]) => !(/^\s*=(?!=)/.test(code.slice(end, end + 20)) && isInBrackets(code, at)));
    const another = isHome ? undefined : new RegExp(`^[ \\t]*(?:class|def)\\s+${name}\\b`, "mu").exec(code);
    if (!another) return found.map((span) => ({ span }));
    const at = another.index + another[0].length - name.length;
    return [{ span: [at, at + name.length], doubt: `defines "${name}" anew beside the import of it; ${BY_HAND}` }];
  }

  function behindModules(): Use[] {
    const dotted = new RegExp(`(?<![\\p{L}\\p{N}_.])(${WORD}(?:\\.${WORD})*)\\.${name}(?![\\p{L}\\p{N}_])`, "gu");
    return [...code.matchAll(dotted)].flatMap(({ index, 0: whole, 1: before = "" }): Use[] => {
      const span: Span = [index + whole.length - name.length, index + whole.length];
      if (isWanted(meaningOfExpression(self, whole, find))) return [{ span }];
      const [head = ""] = before.split(".");
      const isModule = before.split(".").at(-1) === home.name.split(".").at(-1);
      // What the module binds itself was followed; what a function imports for itself wasn't.
      if (!isModule || self.module.bindings.has(head)) return [];
      return [{ span, doubt: `names "${whole}", and where "${head}" is from can't be told; ${BY_HAND}` }];
    });
  }

  function inStrings(): Use[] {
    const whole = `${home.name}.${name}`;
    const listed = bareHere ? [...code.matchAll(/\b__all__\s*\+?=\s*[[(]/g)].map(({ index }) => index) : [];
    return [...tokens(text)].flatMap(({ kind, at, to }): Use[] => {
      if (kind !== "string") return [];
      const content = text.slice(at, to).replace(/^("""|'''|"|')([\s\S]*)\1$/, "$2");
      const start = at + (to - at - content.length) / 2;
      const place = new RegExp(`(?<![\\p{L}\\p{N}_.])${whole.replaceAll(".", "\\.")}(?![\\p{L}\\p{N}_])`, "u").exec(
        content,
      );
      if (place)
        return [{ span: [start + place.index + whole.length - name.length, start + place.index + whole.length] }];
      const list = listed.findLast((one) => one < at);
      const isListed = content === name && list !== undefined && !/[\])]/.test(code.slice(list, at));
      return isListed ? [{ span: [start, start + name.length] }] : [];
    });
  }
}

interface Import {
  readonly module: string;
  /** The whole statement. */
  readonly span: Span;
  readonly names: readonly { readonly name: string; readonly span: Span; readonly alias: string | undefined }[];
}

const FROM = /(?<=^|[;:])[ \t]*from[ \t]+([.\p{L}\p{N}_ \t]+?)[ \t]+import\b[ \t]*(\([^)]*\)|(?:\\\r?\n|[^\n;])*)/gmu;

/** `from … import …`, in functions too. */
function importsIn(code: string): readonly Import[] {
  return [...code.matchAll(FROM)].map(({ index, 0: whole, 1: module = "", 2: list = "" }) => {
    const start = index + whole.length - list.length;
    const names = [...list.matchAll(new RegExp(`(${WORD}|\\*)(?:\\s+as\\s+(${WORD}))?`, "gu"))].map(
      ({ index: at, 1: name = "", 2: alias }) => ({
        name,
        span: [start + at, start + at + name.length] as const,
        alias,
      }),
    );
    return { module, span: [index, index + whole.length], names };
  });
}

/** The text with strings and comments blanked, but for what f-strings compute; every offset stays. */
function codeOf(text: string): string {
  let code = "";
  for (const { kind, at, to } of tokens(text)) {
    const piece = text.slice(at, to);
    const isFormat =
      kind === "string" && /(?<![\p{L}\p{N}_])([rR]?[fF]|[fF][rR])$/u.test(text.slice(Math.max(0, at - 3), at));
    if (kind === "char") code += piece;
    else if (!isFormat) code += blank(piece);
    else
      code += piece
        .split(/(\{[^{}]*\})/)
        .map((part, i) => (i % 2 === 1 ? ` ${part.slice(1, -1)} ` : blank(part)))
        .join("");
  }
  return code;
}

const blank = (piece: string): string => piece.replace(/[^\n\r]/g, " ");

function isInBrackets(code: string, at: number): boolean {
  let depth = 0;
  for (let i = at - 1; i >= 0; i--) {
    const char = code.charAt(i);
    if (")]}".includes(char)) depth++;
    else if ("([{".includes(char) && depth-- === 0) return true;
  }
  return false;
}

/** The file as a module, named by the packages around it, so that its relative imports can be followed. */
function selfOf(path: string, text: string, files: Files): LoadedModule {
  const isPackage = basename(path) === "__init__.py";
  const parts = isPackage ? [] : [basename(path).replace(/\.pyi?$/, "")];
  let at = dirname(path);
  for (; at !== "/" && files.kind(`${at}/__init__.py`) === "file"; at = dirname(at)) parts.unshift(basename(at));
  return { name: parts.join("."), path, isPackage, module: scanPython(text) };
}
