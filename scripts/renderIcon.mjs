// Draws media/icon.png, the picture in the extensions list, from media/icon.svg. Run it after a change to the drawing.
import { readFileSync } from "node:fs";
import { inProject } from "./support/root.mjs";
import { launchBrowser } from "./vscode/browser.mjs";

const drawing = readFileSync(inProject("media", "icon.svg"), "utf8");
const browser = await launchBrowser();
try {
  const page = await browser.newPage({ viewport: { width: 128, height: 128 } });
  await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${drawing}`);
  await page.screenshot({ path: inProject("media", "icon.png"), omitBackground: true });
} finally {
  await browser.close();
}
