// The edge between the compiled UI tests and the scripts that start a VS Code server and a browser; typed here by hand,
// because the scripts are plain JavaScript that must run before anything is compiled.
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";

/** The project's folder, seen from out/test/vscode/driver. */
export const root = path.resolve(__dirname, "..", "..", "..", "..");

/** A running VS Code server; see scripts/vscode/server.mjs. */
export interface Server {
  readonly version: string;
  readonly profile: string;
  readonly origin: string;
  log(): string;
  url(window: { readonly folder?: string }): string;
  stop(): Promise<void>;
}

export interface ServerOptions {
  /** Id of a build in scripts/vscode/builds.mjs; without it `VSCODE_SERVER_BUILD`, else the newest that runs here. */
  readonly build?: string;
  /** .vsix files. */
  readonly install?: readonly string[];
  /** Leaves out the built-in extensions that no test needs. */
  readonly fewBuiltIns?: boolean;
  /** User settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Settings of the remote machine; they win over the user's. */
  readonly machineSettings?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

export async function startServer(options: ServerOptions): Promise<Server> {
  const module: { startServer(options: ServerOptions): Promise<Server> } = await script("server.mjs");
  return module.startServer(options);
}

/** The one browser of all suites of this process; each has contexts of its own, and closes them. */
let browser: Promise<Browser> | undefined;

export async function openBrowser(): Promise<Browser> {
  const running = await browser;
  if (running?.isConnected()) return running;
  browser = launchBrowser();
  return browser;
}

// Mocha's own: after the last suite of all.
after(async () => (await browser)?.close());

async function launchBrowser(): Promise<Browser> {
  const module: { launchBrowser(): Promise<Browser> } = await script("browser.mjs");
  return module.launchBrowser();
}

/** The packaged extension. */
export async function vsix(): Promise<string> {
  const module: { vsixPath(): string } = await script("vsix.mjs");
  return module.vsixPath();
}

function script(name: string) {
  return import(pathToFileURL(path.join(root, "scripts", "vscode", name)).href);
}
