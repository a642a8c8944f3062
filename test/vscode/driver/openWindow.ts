// Opens one window of a genuine VS Code for a UI suite: server, browser and a copy of a workspace, taken down together.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { openBrowser, root, type Server, type ServerOptions, startServer, vsix } from "./platform";
import { patience, Workbench } from "./workbench";

export interface WindowOptions extends ServerOptions {
  /** Folder to open a copy of; without it the project's examples. */
  readonly workspace?: string;
  /** Done with the copy before the window opens, for example to write `.vscode/settings.json`. */
  readonly prepare?: (folder: string) => void;
}

/** Pictures are for who changes something and looks at it; `npm test` does without. */
const isPictured = process.env.PLUGSMITH_PICTURES !== "of failures";

/** A window with the packaged extension installed. */
export async function openWindow(options: WindowOptions = {}): Promise<TestWindow> {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), "plugsmith-ui-")));
  const ends: (() => Promise<void>)[] = [async () => rmSync(folder, { recursive: true, force: true })];
  const close = async () => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    cpSync(options.workspace ?? path.join(root, "examples"), folder, { recursive: true });
    options.prepare?.(folder);
    // What is sent is remembered for this window alone.
    const home = realpathSync(mkdtempSync(path.join(os.tmpdir(), "plugsmith-ui-home-")));
    ends.push(async () => rmSync(home, { recursive: true, force: true }));
    const env = { PLUGSMITH_HOME: home, ...options.env };
    const server = await startServer({
      ...options,
      env,
      fewBuiltIns: true,
      install: [await vsix(), ...(options.install ?? [])],
    });
    ends.push(() => server.stop());
    const browser = await openBrowser();
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      locale: "en-US",
      permissions: ["clipboard-read", "clipboard-write"],
    });
    ends.push(() => context.close());
    const page = await context.newPage();
    const said = listenTo(page);
    page.setDefaultTimeout(patience);
    await page.goto(server.url({ folder }));
    const window = new TestWindow(new Workbench(page), context, server, folder, close, said);
    await window.workbench.ready();
    return window;
  } catch (error) {
    await close();
    throw error;
  }
}

export class TestWindow {
  constructor(
    readonly workbench: Workbench,
    readonly context: BrowserContext,
    readonly server: Server,
    /** The copy of the workspace. */
    readonly folder: string,
    readonly close: () => Promise<void>,
    /** What the page and its frames complained of so far. */
    private readonly said: readonly string[],
  ) {}

  /** Keeps a picture of the window in artifacts/screenshots, where pictures are wanted. */
  async screenshot(name: string): Promise<void> {
    if (isPictured) await this.keepPicture(name);
  }

  private async keepPicture(name: string): Promise<void> {
    const folder = path.join(root, "artifacts", "screenshots");
    mkdirSync(folder, { recursive: true });
    // Menus and boxes fade in; a picture shows them as they are in the end.
    await this.workbench.page.screenshot({ path: path.join(folder, `${name}.png`), animations: "disabled" });
  }

  /** Pictures in the light theme, in the dark one and in high contrast: the name alone, with "-dark" and with "-contrast". */
  async inEachTheme(name: string): Promise<void> {
    if (!isPictured) return;
    await this.screenshot(name);
    const ground = (kind: string) => this.workbench.page.locator(`.monaco-workbench.${kind}`).first();
    const pick = (theme: string) => this.workbench.choose("Preferences: Color Theme", theme);
    await pick("Dark Modern");
    await ground("vs-dark").waitFor();
    await this.screenshot(`${name}-dark`);
    await pick("Dark High Contrast");
    await ground("hc-black").waitFor();
    await this.screenshot(`${name}-contrast`);
    await pick("Light Modern");
    await ground("hc-black").waitFor({ state: "detached" });
  }

  /** For `afterEach(function () { return window.screenshotOfFailure(this); })`; says what the window showed, too. */
  async screenshotOfFailure({ currentTest }: Mocha.Context): Promise<void> {
    if (currentTest?.state !== "failed") return;
    const { page } = this.workbench;
    const shown = await page
      .locator(".notification-list-item-message")
      .allTextContents()
      .catch(() => []);
    const frames = page.frames().map((frame) => frame.url().slice(0, 160));
    console.log(
      `${["  notifications:", ...shown, "frames:", ...frames, "complaints:", ...this.said.slice(-20)].join("\n    ")}\n`,
    );
    await this.keepPicture(`FAILED-${currentTest.fullTitle().replaceAll(/\W+/g, "-")}`).catch(() => undefined);
  }

  async reload(): Promise<void> {
    await this.workbench.page.reload();
    await this.workbench.ready();
  }

  /** Everything in an output channel, from the file behind it: the panel itself draws visible lines only. */
  outputChannel(name: string): string {
    const logs = ["user-data/logs", "server-data/data/logs"].map((folder) => path.join(this.server.profile, folder));
    const files = logs.filter((folder) => existsSync(folder)).flatMap(filesUnder);
    const own = files.filter((file) => file.endsWith(`-${name}.log`) || path.basename(file) === `${name}.log`);
    return own.map((file) => readFileSync(file, "utf8")).join("");
  }
}

/** Errors of scripts and requests, the most recent last. */
function listenTo(page: Page): readonly string[] {
  const said: string[] = [];
  page.on("console", (message) => message.type() === "error" && said.push(message.text().slice(0, 300)));
  page.on("pageerror", (error) => said.push(error.message.slice(0, 300)));
  page.on("requestfailed", (request) => said.push(`${request.url().slice(0, 200)}: ${request.failure()?.errorText}`));
  page.on("crash", () => said.push("the page crashed"));
  return said;
}

function filesUnder(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  return names.map((name) => path.join(folder, name));
}
