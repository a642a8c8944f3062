// What the emulated page shows at a moment, and what it may do to the world around it. Types only.

import type { Slot, View } from "./address.js";
import type { Fields, ToPlugin } from "./protocol.js";
import type { Toast } from "./toast.js";

/** A plugin as `GET /plugin` lists it. */
export interface ListEntry {
  readonly identifier: string;
  readonly name: unknown;
  readonly parameters: unknown;
  readonly config: Fields;
}

export interface FrameView {
  /** Another id is another document. */
  readonly id: string;
  readonly name: string;
  readonly src: string;
  readonly sandbox: string;
}

export interface PluginBox {
  readonly slot: Slot;
  readonly name: string;
  readonly title: string;
  readonly entry: ListEntry;
  readonly container: "collapsable" | "titled-container" | "none" | "sticky";
  readonly visible: boolean;
  readonly isOpen: boolean;
  readonly hasIcon: boolean;
  readonly stickyHeight?: number;
  readonly frame?: FrameView & { readonly height: number };
}

export interface PageView {
  readonly address: string;
  readonly view: View;
  readonly attempt: string;
  readonly attempts: readonly string[];
  /** Frames of plugins that have not registered. */
  readonly hidden: readonly FrameView[];
  /** Why the page has refused registrations, by name: "it uses version …". */
  readonly refused: ReadonlyMap<string, string>;
  readonly boxes: readonly PluginBox[];
}

export interface LogLine {
  /** A plugin's name, "page", or "you". */
  readonly from: string | undefined;
  readonly to: string;
  readonly text: string;
  readonly data?: unknown;
  readonly phase?: "hidden" | "slot";
  readonly mood?: "good" | "attention" | "bad";
}

export interface Hands {
  post(frame: string, message: ToPlugin): void;
  /** What `now()` answers may be new. */
  changed(): void;
  toast(toast: Toast): void;
  note(line: LogLine): void;
  /** A moment later. */
  later(work: () => void): void;
}
