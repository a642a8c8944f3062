// A text editor of the window: its squiggles, hovers, completion list, and typing into it.
import type { Locator, Page } from "playwright-core";
import { QuickInput } from "./quickInput";
import { plain } from "./text";

export class Editor {
  readonly root: Locator;
  readonly lines: Locator;
  readonly errors: Locator;
  readonly warnings: Locator;
  /** The completion list while it is open. */
  readonly suggestions: Locator;
  readonly hoverBox: Locator;

  constructor(
    private readonly page: Page,
    name: string,
  ) {
    const named = `.editor-instance[aria-label^="${name}"] .monaco-editor`;
    this.root = page.locator(`${named}, .editor-instance .monaco-editor[role="code"]`).first();
    this.lines = this.root.locator(".view-lines");
    this.errors = this.root.locator(".cdr.squiggly-error");
    this.warnings = this.root.locator(".cdr.squiggly-warning");
    this.suggestions = page.locator(".suggest-widget.visible");
    this.hoverBox = page.locator(".monaco-hover:not(.hidden)").filter({ visible: true }).first();
  }

  async focus(): Promise<void> {
    await this.lines.click({ position: { x: 4, y: 4 } });
  }

  /** Puts the caret at a line and column, both counted from 1. */
  async goTo(line: number, column = 1): Promise<void> {
    await this.root.waitFor();
    await this.offered(line, column);
    const box = new QuickInput(this.page);
    await box.accept();
    await box.root.waitFor({ state: "hidden" });
    // Keys that follow at once are still taken for the closed box: wait until the editor has the focus.
    await this.page.locator(".statusbar-item", { hasText: `Ln ${line}, Col ${column}` }).waitFor();
    await this.page.locator(".editor-instance .monaco-editor.focused").first().waitFor();
  }

  /**
   * Has Go to Line offer the place. Enter before that does nothing, and when the box opens before the editor of a file that was just
   * opened is there, it asks for an editor first and never sees it come.
   */
  private async offered(line: number, column: number): Promise<void> {
    const box = new QuickInput(this.page);
    const place = box.rows.filter({ hasText: new RegExp(`to line ${line} .*\\b${column}\\.`) }).first();
    for (let attempt = 1; ; attempt++) {
      await this.page.keyboard.press("Control+G");
      try {
        await box.input.fill(`:${line}:${column}`, { timeout: 4000 });
        await place.waitFor({ timeout: 4000 });
        return;
      } catch (error) {
        if (attempt === 4) throw error;
        await this.page.keyboard.press("Escape");
      }
    }
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text, { delay: 20 });
  }

  /** Puts a text in the place of all that stands there. */
  async replaceAll(text: string): Promise<void> {
    // By keys: the lines of a long text reach below what stands beside the editor, where a click would land.
    await this.goTo(1);
    await this.page.keyboard.press("Control+A");
    await this.page.keyboard.insertText(text);
  }

  /** The visible lines. */
  async text(): Promise<string> {
    return plain((await this.lines.locator(".view-line").allInnerTexts()).join("\n"));
  }

  /** Rests the mouse on the first place where a word is drawn, and answers the box that opens. */
  async hoverWord(word: string): Promise<Locator> {
    await this.lines.locator(".view-line span > span", { hasText: word }).first().hover();
    await this.hoverBox.waitFor();
    return this.hoverBox;
  }

  /** Opens the completion list and answers the row with that label. */
  async suggestion(label: string): Promise<Locator> {
    const row = this.suggestions.getByRole("option").filter({ hasText: label }).first();
    for (let attempt = 1; ; attempt++) {
      // Ctrl+Space on an open list would only open its details.
      if (!(await row.isVisible())) await this.page.keyboard.press("Control+Space");
      try {
        await row.waitFor({ timeout: 4000 });
        return row;
      } catch (error) {
        if (attempt === 4) throw error;
        await this.page.keyboard.press("Escape");
      }
    }
  }
}
