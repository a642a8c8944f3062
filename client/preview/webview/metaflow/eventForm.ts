// Sends an event to plugins by hand: its name, and data as JSON.

import { element } from "../dom.js";

export function createEventForm(call: (event: string, data: unknown) => void): HTMLElement {
  const name = element("input", { type: "text", required: true, placeholder: "my-event", id: "event-name" });
  const data = element("textarea", { rows: 4, placeholder: '{"any": "JSON"}', id: "event-data", spellcheck: "false" });
  const problem = element("p", { class: "bad", role: "alert" });
  const form = element(
    "form",
    { class: "event" },
    element("label", { for: "event-name" }, "Event"),
    name,
    element("label", { for: "event-data" }, "Data (JSON, may be empty)"),
    data,
    problem,
    element("button", { type: "submit", class: "primary" }, "Send"),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    try {
      const value: unknown = data.value.trim() === "" ? undefined : JSON.parse(data.value);
      problem.textContent = "";
      call(name.value, value);
    } catch (error) {
      problem.textContent = `The data is not JSON: ${error instanceof Error ? error.message : "unreadable"}`;
    }
  });
  return form;
}
