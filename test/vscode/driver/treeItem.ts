// A row of a tree view, with its inline buttons and its context menu.
import type { Locator, Page } from "playwright-core";

export class TreeItem {
  constructor(
    private readonly page: Page,
    readonly row: Locator,
  ) {}

  async waitFor(): Promise<this> {
    await this.row.waitFor();
    return this;
  }

  async expand(): Promise<void> {
    await this.row.waitFor();
    if ((await this.row.getAttribute("aria-expanded")) === "false") await this.row.click();
  }

  /** Presses a button that shows while the mouse is on the row. */
  async inline(label: string): Promise<void> {
    await this.settled();
    await this.row.hover();
    await this.row.getByRole("button", { name: label }).click();
  }

  /** A click is lost when the tree is drawn anew below the mouse: so wait until the row stays as it is, where it is. */
  private async settled(): Promise<void> {
    await this.row.waitFor();
    let before = "";
    for (let look = 0; look < 20; look++) {
      const now = JSON.stringify([await this.row.getAttribute("aria-label"), await this.row.boundingBox()]);
      if (now === before) return;
      before = now;
      await this.page.waitForTimeout(400);
    }
  }

  /** Opens the context menu and answers its entries, without the separators. */
  async openMenu(): Promise<Locator> {
    await this.settled();
    await this.row.click({ button: "right" });
    const entries = this.page.getByRole("menuitem");
    await entries.first().waitFor();
    return entries;
  }

  /**
   * Chooses from the context menu by Enter: a menu ignores the mouse at first, and a click that comes when it is drawn anew
   * closes it without a choice. One that doesn't take the choice is closed and opened again.
   */
  async menu(label: string): Promise<void> {
    for (let opened = 0; opened < 4; opened++) {
      await this.openMenu();
      const wanted = { name: label, exact: true };
      const entry = this.page.getByRole("menuitem", wanted);
      await entry.waitFor();
      if (await chosen(entry, this.page.locator(".action-item.focused").getByRole("menuitem", wanted))) return;
      await this.page.keyboard.press("Escape");
      await entry.waitFor({ state: "hidden", timeout: 2000 });
    }
    throw new Error(`menu entry "${label}" could not be chosen`);
  }
}

/** `marked` is the entry once Enter would choose it. */
async function chosen(entry: Locator, marked: Locator): Promise<boolean> {
  for (let attempt = 0; attempt < 8; attempt++) {
    await entry.hover({ timeout: 1000 }).catch(() => undefined);
    const hidden = await marked
      .press("Enter", { timeout: 1000 })
      .then(() => entry.waitFor({ state: "hidden", timeout: 500 }))
      .then(
        () => true,
        () => false,
      );
    if (hidden) return true;
  }
  return false;
}
