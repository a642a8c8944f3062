// What the window tells the user: notifications (with progress) and modal dialogs.
import type { Locator } from "playwright-core";
import { plain } from "./text";

export class Notification {
  /** The bar of a progress notification. */
  readonly progress: Locator;

  /** `list` shows the list of all notifications. */
  constructor(
    readonly root: Locator,
    private readonly list: () => Promise<void>,
  ) {
    this.progress = root.locator(".monaco-progress-container.active");
  }

  /** Of several that come in one second VS Code only lists some, without showing them: so look there too. */
  async waitFor(): Promise<this> {
    try {
      await this.root.waitFor({ timeout: 8000 });
    } catch {
      await this.list();
      await this.root.waitFor();
    }
    return this;
  }

  async gone(): Promise<void> {
    await this.root.waitFor({ state: "detached" });
  }

  async text(): Promise<string> {
    return plain((await this.root.locator(".notification-list-item-message").textContent()) ?? "");
  }

  /** Presses one of its buttons. */
  async action(label: string): Promise<void> {
    await this.root.getByRole("button", { name: label, exact: true }).click();
  }

  async close(): Promise<void> {
    await this.root.hover();
    await this.root.getByRole("button", { name: /^Clear Notification/ }).click();
  }
}

export class Dialog {
  constructor(readonly root: Locator) {}

  async waitFor(): Promise<this> {
    await this.root.waitFor();
    return this;
  }

  async button(label: string): Promise<void> {
    await this.root.getByRole("button", { name: label, exact: true }).click();
  }
}
