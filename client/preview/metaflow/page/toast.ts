// What `SEND_NOTIFICATION` may carry: a text, or a type and a message.

import { isFields } from "./protocol.js";

const TYPES = ["success", "info", "warning", "danger", "default"] as const;

export interface Toast {
  readonly type: (typeof TYPES)[number];
  readonly message: string;
}

export function toastOf(data: unknown): Toast | undefined {
  if (typeof data === "string") return data === "" ? undefined : { type: "info", message: data };
  if (!isFields(data) || typeof data.message !== "string") return undefined;
  const type = TYPES.find((one) => one === data.type);
  return type && { type, message: data.message };
}
