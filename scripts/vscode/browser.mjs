// Finds a Chromium-like browser, installs Debian's when that is possible without asking anybody, and starts it for tests.
import { existsSync, readFileSync } from "node:fs";
import process from "node:process";
import { mustRun } from "../support/processes.mjs";
import { step } from "../support/steps.mjs";

const places = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/microsoft-edge",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/** Path of a browser; throws a sentence that says how to get one. */
export async function ensureBrowser() {
  const found = findBrowser();
  if (found) return found;
  if (!isDebianAsRoot()) throw new Error(howToGetOne());
  await step("installing Chromium (apt-get)", installOnDebian);
  const installed = findBrowser();
  if (installed) return installed;
  throw new Error(howToGetOne());
}

/** Starts a headless browser (`HEADED=1` shows it) that makes no requests of its own. */
export async function launchBrowser() {
  const executablePath = await ensureBrowser();
  const { chromium } = await import("playwright-core");
  return chromium.launch({
    executablePath,
    headless: !process.env.HEADED,
    args: [
      "--no-sandbox", // containers have no user namespaces, and the pages are our own
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
      "--disable-dev-shm-usage",
      "--disable-background-timer-throttling",
      "--disable-renderer-backgrounding",
      "--lang=en-US",
    ],
  });
}

function findBrowser() {
  const chosen = process.env.CHROME_PATH;
  if (!chosen) return places.find((place) => existsSync(place));
  if (existsSync(chosen)) return chosen;
  throw new Error(`CHROME_PATH names "${chosen}", which does not exist; correct it or unset it`);
}

function isDebianAsRoot() {
  if (process.platform !== "linux" || process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return false;
  return /^ID(_LIKE)?=.*debian/m.test(readFileSync("/etc/os-release", "utf8"));
}

async function installOnDebian() {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const install = () =>
    mustRun("apt-get", ["install", "-y", "--no-install-recommends", "-q", "chromium"], { env, seconds: 900 });
  try {
    await install();
  } catch {
    await mustRun("apt-get", ["update", "-q"], { env, seconds: 300 }); // no package lists yet, or old ones
    await install();
  }
}

function howToGetOne() {
  const hint =
    process.platform === "linux" ? "for example by: sudo apt-get install chromium" : "for example Google Chrome";
  return `no Chromium or Chrome was found; install one (${hint}) or set CHROME_PATH to its executable`;
}
