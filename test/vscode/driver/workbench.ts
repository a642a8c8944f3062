// The window as a user meets it. Selectors are ARIA roles and names first, then ids and class names that VS Code has had
// for years. Waiting is Playwright's; there are no fixed sleeps.
import type { FrameLocator, Locator, Page } from "playwright-core";
import { Editor } from "./editor";
import { Dialog, Notification } from "./messages";
import { QuickInput } from "./quickInput";
import { literal, mainModifier, plain } from "./text";
import { TreeItem } from "./treeItem";

/** Milliseconds for anything in the window; a busy machine may need more. */
export const patience = Number(process.env.UI_TIMEOUT ?? 60_000);

export class Workbench {
  readonly quickInput: QuickInput;
  readonly sidebar: Locator;

  constructor(readonly page: Page) {
    this.quickInput = new QuickInput(page);
    this.sidebar = page.locator(".part.sidebar");
  }

  /** Waits for the restored window, also after a reload of the page. */
  async ready(): Promise<void> {
    await this.page.locator(".monaco-workbench").waitFor();
    await this.page.getByRole("tab", { name: "Explorer" }).first().waitFor();
  }

  /** Runs a command by its title in the palette, for example "Plugsmith: Refresh". */
  command(title: string): Promise<void> {
    return this.quickOpen("F1", `>${title}`, title);
  }

  /** Runs a command that asks for one thing, and chooses it. */
  async choose(title: string, label: string): Promise<void> {
    await this.command(title);
    await this.quickInput.fill(label);
    await this.quickInput.pick(label);
  }

  /** Opens a file of the workspace; where several have the name, give more of its path. */
  async openFile(file: string): Promise<Editor> {
    const name = file.slice(file.lastIndexOf("/") + 1);
    await this.quickOpen(`${mainModifier}+P`, file, name, file.slice(0, -name.length - 1));
    await this.page
      .getByRole("tab", { name: new RegExp(`^${literal(name)}`) })
      .first()
      .waitFor();
    return new Editor(this.page, name);
  }

  /** An item of the status bar, by the id given to createStatusBarItem. */
  statusItem(extensionId: string, itemId: string): Locator {
    return this.page.locator(`[id="${extensionId}.${itemId}"]`);
  }

  notification(text: string | RegExp): Notification {
    const items = this.page.locator(".notifications-toasts, .notifications-center").locator(".notification-list-item");
    return new Notification(items.filter({ hasText: text }).first(), () =>
      this.command("Notifications: Show Notifications"),
    );
  }

  /** A modal message. */
  dialog(text: string | RegExp): Dialog {
    return new Dialog(this.page.getByRole("dialog").filter({ hasText: text }));
  }

  /** Shows a container of the activity bar. */
  async openContainer(title: string): Promise<Locator> {
    const tab = this.page.locator(".activitybar").getByRole("tab", { name: new RegExp(`^${literal(title)}`) });
    const open = tab.and(this.page.locator('[aria-expanded="true"]'));
    // A window that was just loaded opens by itself what was open before; a click just then closes it again.
    for (let tries = 0; tries < 4; tries++) {
      if (!(await open.isVisible())) await tab.click();
      const isOpen = await open.waitFor({ timeout: 3000 }).then(
        () => true,
        () => false,
      );
      await this.page.waitForTimeout(200);
      if (isOpen && (await open.isVisible())) break;
    }
    return this.sidebar;
  }

  treeItem(name: string | RegExp): TreeItem {
    return new TreeItem(this.page, this.page.getByRole("treeitem", { name }).first());
  }

  /** Presses a button in a view's title bar. */
  async viewAction(view: string, label: string): Promise<void> {
    const header = this.page.locator(".pane-header, .composite.title", { hasText: view }).first();
    await header.hover();
    await header.getByRole("button", { name: label }).click();
  }

  /** Rows of the Problems panel as text. */
  async problems(): Promise<string[]> {
    await this.command("Problems: Focus on Problems View");
    const rows = this.page.locator(".markers-panel").getByRole("treeitem");
    await rows.first().waitFor();
    return (await rows.allInnerTexts()).map((text) => plain(text).replace(/\s+/g, " ").trim());
  }

  /** Waits for a row of the Problems panel, which follows what is published only after a moment. */
  async problem(text: RegExp): Promise<void> {
    await this.command("Problems: Focus on Problems View");
    await this.page.locator(".markers-panel").getByRole("treeitem", { name: text }).first().waitFor();
  }

  /** The document that the extension wrote into its nth webview; VS Code puts a frame of its own around it. */
  webview(index = 0): FrameLocator {
    return this.page.locator("iframe.webview.ready").nth(index).contentFrame().locator("#active-frame").contentFrame();
  }

  /** Keys typed in a page framed inside a webview never reach the window; this takes the focus back. */
  async leaveFrames(): Promise<void> {
    await this.page.evaluate("if (document.activeElement?.tagName === 'IFRAME') document.activeElement.blur()");
  }

  /** The box closes when something else takes the focus, and commands come only once their extension is known: so try again. */
  private async quickOpen(key: string, text: string, label: string, beside = ""): Promise<void> {
    const end = Date.now() + patience;
    for (;;) {
      try {
        await this.leaveFrames();
        await this.page.keyboard.press(key);
        await this.quickInput.input.fill(text, { timeout: 2000 });
        await this.quickInput.pick(label, { beside, timeout: 5000 });
        return;
      } catch (error) {
        if (Date.now() > end) throw error;
        await this.page.keyboard.press("Escape");
      }
    }
  }
}
