// The box at the top of the window: palette, quick picks, input boxes and the web build's file dialogs.
import type { Locator, Page } from "playwright-core";
import { literal, plain } from "./text";

export class QuickInput {
  readonly root: Locator;
  readonly input: Locator;
  readonly title: Locator;
  /** What an input box says below its field: prompt or validation. */
  readonly message: Locator;
  readonly rows: Locator;

  constructor(private readonly page: Page) {
    this.root = page.locator(".quick-input-widget").filter({ visible: true });
    this.input = this.root
      .getByRole("combobox")
      .or(this.root.getByRole("textbox"))
      .or(this.root.locator("input.input"))
      .first();
    this.title = this.root.locator(".quick-input-title");
    this.message = this.root.locator(".quick-input-message");
    this.rows = this.root.locator(".monaco-list-row");
  }

  async labels(): Promise<string[]> {
    await this.rows.first().waitFor();
    return (await this.rows.locator(".label-name").allInnerTexts()).map(plain);
  }

  /** Chooses the row whose label is exactly `label`, and that has the text `beside` as well. */
  async pick(label: string, options: { beside?: string; timeout?: number } = {}): Promise<void> {
    const { beside = "", ...click } = options;
    const name = this.page.locator(".label-name", { hasText: new RegExp(`^\\s*${literal(label)}\\s*$`) });
    await this.rows.filter({ has: name, hasText: beside }).first().click(click);
  }

  async fill(text: string): Promise<void> {
    await this.input.waitFor();
    await this.input.fill(text);
  }

  async accept(): Promise<void> {
    await this.page.keyboard.press("Enter");
  }

  async cancel(): Promise<void> {
    await this.page.keyboard.press("Escape");
    await this.root.waitFor({ state: "hidden" });
  }
}
