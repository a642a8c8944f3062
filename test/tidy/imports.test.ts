// Who may import whom: the arrows of the architecture, checked on every source file.

import assert from "node:assert/strict";
import path from "node:path";
import { importsOf, projectFiles, read } from "./sources.js";

/** Packages that the pure service may use. */
const PURE = [
  "yaml",
  "jsonc-parser",
  "acorn",
  "ajv",
  "vscode-languageserver-types",
  "vscode-languageserver-textdocument",
  "vscode-uri",
  "fastest-levenshtein",
  "picomatch",
];

interface Import {
  readonly from: string;
  /** A path in the project, or the name of a package. */
  readonly to: string;
  readonly isOwn: boolean;
}

const imports: readonly Import[] = projectFiles()
  .filter((name) => name.endsWith(".ts"))
  .flatMap((from) =>
    importsOf(read(from)).map((to) => {
      const isOwn = to.startsWith(".");
      return { from, isOwn, to: isOwn ? path.posix.join(path.posix.dirname(from), to) : to };
    }),
  );

describe("imports", () => {
  it("the service reaches nothing outside itself but data and small pure libraries", () => {
    forbidden("server/service/", ({ to, isOwn }) =>
      isOwn ? !/^(server\/service|schemas|snippets)\//.test(to) : !PURE.includes(to),
    );
  });
  it("text, schema and kinds know no system; one system never imports another", () => {
    forbidden("server/service/text/", ({ to }) => to.includes("/systems/"));
    for (const id of ["skypilot", "buntime", "metaflow", "openjourney"]) {
      forbidden(
        `server/service/systems/${id}/`,
        ({ to }) => /\/systems\/(skypilot|buntime|metaflow|openjourney)\//.test(to) && !to.includes(`/systems/${id}/`),
      );
    }
  });
  it("only server/service/text reads yaml and jsonc-parser in the service", () => {
    forbidden(
      "server/service/",
      ({ from, to }) => ["yaml", "jsonc-parser"].includes(to) && !from.startsWith("server/service/text/"),
    );
  });
  it("server/workspace and server/lsp use the service through its index", () => {
    for (const folder of ["server/workspace/", "server/lsp/"]) {
      forbidden(
        folder,
        ({ to, isOwn }) => isOwn && to.startsWith("server/service/") && to !== "server/service/index.js",
      );
    }
    forbidden("server/workspace/", ({ to }) => to.startsWith("vscode-languageserver/") || to.startsWith("server/lsp/"));
  });
  it("the client uses the server through the service's index, protocol.ts, and nothing else", () => {
    const allowed = ["server/service/index.js", "server/protocol.js"];
    forbidden(
      "client/",
      ({ from, to, isOwn }) =>
        isOwn && to.startsWith("server/") && !allowed.includes(to) && !from.startsWith("client/cli/"),
    );
    forbidden(
      "client/cli/",
      ({ to, isOwn }) =>
        isOwn &&
        to.startsWith("server/") &&
        ![...allowed, "server/compiled.js", "server/lsp/connect.js", "server/workspace/index.js"].includes(to),
    );
  });
  it("client/ops and the terminal never import vscode; ops imports nothing of the rest of the client", () => {
    forbidden("client/ops/", ({ to }) => to === "vscode" || to.startsWith("vscode-languageclient"));
    forbidden("client/cli/", ({ to }) => to === "vscode" || to.startsWith("vscode-languageclient"));
    forbidden("client/ops/", ({ to, isOwn }) => isOwn && to.startsWith("client/") && !to.startsWith("client/ops/"));
  });
  it("the rest uses client/ops through its index", () => {
    // The terminal needs these two small files before it loads the rest, so that `check` starts fast.
    const early = ["client/ops/hosts/hostError.js", "client/ops/hosts/secrets.js"];
    const isAllowed = (from: string, to: string) =>
      to === "client/ops/index.js" || (from.startsWith("client/cli/") && early.includes(to));
    forbidden(
      "client/",
      ({ from, to }) => !from.startsWith("client/ops/") && to.startsWith("client/ops/") && !isAllowed(from, to),
    );
  });
  it("nothing shipped imports tests", () => {
    for (const folder of ["server/", "client/"]) forbidden(folder, ({ to, isOwn }) => isOwn && to.startsWith("test/"));
  });
});

function forbidden(folder: string, isWrong: (one: Import) => boolean): void {
  const wrong = imports
    .filter((one) => one.from.startsWith(folder) && isWrong(one))
    .map(({ from, to }) => `${from} imports ${to}`);
  assert.deepEqual(wrong, []);
}
