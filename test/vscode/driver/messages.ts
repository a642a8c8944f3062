// What the window tells the user: notifications (with progress) and modal dialogs.
import type { Locator } from "playwright-core";
import { plain } from "./text";

export class Notification {
  /** The bar of a progress notification. */
  readonly progress: Locator;

  constructor(readonly root: Locator) {
    this.progress = root.locator(".monaco-progress-container.active");
  }

  async waitFor(): Promise<this> {
    await this.root.waitFor();
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
