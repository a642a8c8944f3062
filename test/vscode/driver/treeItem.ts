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
    await this.row.hover();
    await this.row.getByRole("button", { name: label }).click();
  }

  /** Opens the context menu and answers its entries, without the separators. */
  async openMenu(): Promise<Locator> {
    await this.row.click({ button: "right" });
    const entries = this.page.getByRole("menuitem");
    await entries.first().waitFor();
    return entries;
  }

  /** Chooses from the context menu. A menu ignores the mouse at first, so click until it has gone. */
  async menu(label: string): Promise<void> {
    await this.openMenu();
    const entry = this.page.getByRole("menuitem", { name: label, exact: true });
    await entry.waitFor();
    for (let attempt = 0; attempt < 20; attempt++) {
      await entry.click({ timeout: 1000 }).catch(() => undefined);
      const hidden = entry.waitFor({ state: "hidden", timeout: 250 });
      if (
        await hidden.then(
          () => true,
          () => false,
        )
      )
        return;
    }
    throw new Error(`menu entry "${label}" could not be chosen`);
  }
}
