// What helps reading a manifest: hovers, symbols, folding and links, asked as the window asks.
import assert from "node:assert/strict";
import {
  commands,
  type DocumentLink,
  type DocumentSymbol,
  type FoldingRange,
  type Hover,
  MarkdownString,
  type TextDocument,
  type Uri,
  window,
} from "vscode";
import { inFolder } from "../documents";
import { until } from "../waiting";

interface Case {
  readonly file: string;
  /** The word to hover over, and part of what is said. */
  readonly hover: readonly [word: string, said: RegExp];
  readonly symbols: readonly string[];
  /** Text of a link, and the end of the path where it leads. */
  readonly link: readonly [text: string, to: string] | undefined;
}

const cases: readonly Case[] = [
  {
    file: "skypilot/plugins.yaml",
    hover: ["controller_wheel_path", /wheel/],
    symbols: ["controller_wheel_path", "plugins"],
    link: undefined,
  },
  {
    file: "buntime/plugin-notes/manifest.yaml",
    hover: ["injectBase", /base/],
    symbols: ["name", "version", "menus"],
    link: ["built/plugin.js", "/plugin-notes/built/plugin.js"],
  },
  {
    file: "metaflow/run-notes/manifest.json",
    hover: ["useApplicationStyles", /style/i],
    symbols: ["name", "slot"],
    link: ["index.html", "/run-notes/index.html"],
  },
  {
    file: "openjourney/kubernetes/overlays/local/kustomization.yaml",
    hover: ["namePrefix", /name/],
    symbols: ["resources", "namePrefix"],
    link: ["../../../plugins/hello-converter/kubernetes", "/hello-converter/kubernetes/kustomization.yaml"],
  },
];

describe("reading a manifest", () => {
  for (const { file, hover, symbols, link } of cases) {
    it(`of the example ${file}`, async () => {
      const { document } = await window.showTextDocument(inFolder(file));
      const [word, said] = hover;
      const hovers = await until(`a hover on "${word}"`, async () => {
        const text = await hoverOf(document, word);
        return text !== "" && text;
      });
      assert.match(hovers, said);
      assert.match(hovers, /\/docs\/|https?:/, "a hover links to its documentation");
      const names = (await ask<DocumentSymbol[]>("DocumentSymbol", document.uri)).map(({ name }) => name);
      for (const symbol of symbols)
        assert.ok(
          names.some((name) => name.includes(symbol)),
          `${symbol} in ${names}`,
        );
      assert.ok((await ask<FoldingRange[]>("FoldingRange", document.uri)).length > 0, "something folds");
      if (link === undefined) return;
      const links = await ask<DocumentLink[]>("Link", document.uri);
      const found = links.find(({ range }) => document.getText(range) === link[0]);
      assert.ok(found, `${link[0]} among ${links.map(({ range }) => document.getText(range))}`);
      assert.ok(found.target?.path.endsWith(link[1]), String(found.target));
    });
  }
});

async function hoverOf(document: TextDocument, word: string): Promise<string> {
  const at = document.positionAt(document.getText().indexOf(word) + 1);
  const hovers = (await commands.executeCommand<Hover[]>("vscode.executeHoverProvider", document.uri, at)) ?? [];
  const texts = hovers.flatMap(({ contents }) => contents);
  return texts.map((one) => (one instanceof MarkdownString ? one.value : String(one))).join("\n");
}

async function ask<T>(what: string, uri: Uri): Promise<T> {
  return until(`${what} of ${uri.path}`, async () => commands.executeCommand<T>(`vscode.execute${what}Provider`, uri));
}
