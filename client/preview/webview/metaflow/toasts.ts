// Notifications of plugins as the page shows them: at the top right, newest first, at most five, gone after three seconds or
// on a click, and text only.

import type { Toast } from "../../metaflow/page/toast.js";
import { element } from "../dom.js";

export function createToasts(): { readonly root: HTMLElement; add(toast: Toast): void } {
  const root = element("div", { class: "toasts", role: "status" });
  return {
    root,
    add: ({ type, message }) => {
      const one = element("button", { type: "button", class: `toast ${type}` }, message.slice(0, 2000));
      one.addEventListener("click", () => one.remove());
      setTimeout(() => one.remove(), 3000);
      root.prepend(one);
      while (root.children.length > 5) root.lastElementChild?.remove();
    },
  };
}
