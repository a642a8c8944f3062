// `require` for the files of one folder that name each other in full, as bundles do. There is nothing to look for then, and no
// package.json to ask, which for fifty small files takes longer than to run them. All else is left to Node.js.
import { isAscii } from "node:buffer";
import fs from "node:fs";
import Module, { createRequire } from "node:module";
import path from "node:path";

/** A file is loaded once, whoever asks for it; how it is compiled is `Module.prototype._compile`'s work, as ever. */
export function requireIn(folder: string): (name: string) => unknown {
  const outer = createRequire(path.join(folder, "any.js"));
  return (name) => {
    if (!neighbour.test(name)) return outer(name);
    const file = path.join(folder, name);
    return (outer.cache[file] ?? loaded(file, outer)).exports;
  };
}

const neighbour = /^\.\/[\w-]+\.js$/;

function loaded(file: string, outer: NodeJS.Require): NodeJS.Module {
  const module: NodeJS.Module = new Module(file);
  Object.assign(module, { filename: file, paths: outer.resolve.paths(file) ?? [] });
  const compile: unknown = Reflect.get(module, "_compile");
  const content = fs.readFileSync(file);
  outer.cache[file] = module;
  try {
    if (typeof compile === "function")
      Reflect.apply(compile, module, [isAscii(content) ? content.toString("latin1") : content.toString("utf8"), file]);
    module.loaded = true;
    return module;
  } catch (error) {
    // The next one who asks shall meet it too.
    delete outer.cache[file];
    throw error;
  }
}
