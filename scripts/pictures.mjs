#!/usr/bin/env node
// Makes the pictures of docs/images: runs the UI tests of the previews in a genuine VS Code, which take screenshots, and keeps the
// chosen ones without the window's frame.     node scripts/pictures.mjs [--as-they-are]   (the last: only cut, run nothing)
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import process from "node:process";
import { packageExtension } from "./package.mjs";
import { endWithUs, mustRun } from "./support/processes.mjs";
import { inProject, root } from "./support/root.mjs";
import { say } from "./support/steps.mjs";
import { launchBrowser } from "./vscode/browser.mjs";

const pictures = [
  "preview-metaflow",
  "preview-metaflow-dark",
  "preview-buntime",
  "preview-skypilot-dark",
  "preview-kustomize",
];
/** The editors alone. */
const clip = { x: 353, y: 36, width: 923, height: 732 };

endWithUs();
if (!process.argv.includes("--as-they-are")) {
  await packageExtension();
  const mocha = inProject("node_modules", "mocha", "bin", "mocha.js");
  const tests = ["previewMetaflow", "previewSites"].map((name) =>
    inProject("out", "test", "vscode", "ui", `${name}.test.js`),
  );
  await mustRun(process.execPath, [mocha, "--timeout", "60000", ...tests], { cwd: root });
}
mkdirSync(inProject("docs", "images"), { recursive: true });
const browser = await launchBrowser();
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  for (const name of pictures) {
    const taken = inProject("artifacts", "screenshots", `${name}.png`);
    if (!existsSync(taken)) throw new Error(`${taken} was not taken; is a tool missing that its test needs?`);
    const data = readFileSync(taken).toString("base64");
    await page.setContent(
      `<style>body { margin: 0 } img { display: block }</style><img src="data:image/png;base64,${data}">`,
    );
    await page.locator("img").evaluate((image) => image.decode());
    await page.screenshot({ path: inProject("docs", "images", `${name}.png`), clip });
    say(`docs/images/${name}.png`);
  }
} finally {
  await browser.close();
}
