// Building the document of a web view: elements with attributes, listeners and children, text always as text.

export type Child = Node | string | undefined;

export interface Attributes {
  readonly class?: string;
  readonly on?: Readonly<Record<string, (event: Event) => void>>;
  readonly [name: string]: unknown;
}

/** `true` sets an attribute without a value; undefined and false leave it out. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  { on = {}, ...attributes }: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    made.setAttribute(name, value === true ? "" : String(value));
  }
  for (const [name, hear] of Object.entries(on)) made.addEventListener(name, hear);
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

export function button(label: string, press: () => void, attributes: Attributes = {}): HTMLButtonElement {
  return element("button", { type: "button", ...attributes, on: { click: press } }, label);
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** A list to choose from, with its name in front of it. */
export function chooser(
  label: string,
  choices: readonly Choice[],
  chosen: string,
  choose: (value: string) => void,
): HTMLLabelElement {
  const options = choices.map(({ value, label: text }) =>
    element("option", { value, selected: value === chosen }, text),
  );
  const list = element("select", { "aria-label": label }, ...options);
  list.addEventListener("change", () => choose(list.value));
  return element("label", { class: "chooser" }, element("span", { "aria-hidden": "true" }, label), list);
}

/** Shows exactly these children, and leaves those in place that are there already: a frame that is moved would load anew. */
export function place(parent: Element, wanted: readonly Element[]): void {
  for (const child of [...parent.children]) if (!wanted.includes(child)) child.remove();
  let next = parent.firstElementChild;
  for (const child of wanted) {
    if (child === next) next = child.nextElementSibling;
    else parent.insertBefore(child, next);
  }
}

/** Rows of tabs with one panel shown, by the pattern that screen readers know. */
export function tabs(all: readonly { readonly title: string; readonly panel: HTMLElement }[]): HTMLElement {
  const heads = all.map(({ title, panel }, at) => {
    panel.id ||= `panel-${at}-${title.replace(/\W/g, "")}`;
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-label", title);
    panel.tabIndex = 0;
    return element(
      "button",
      {
        type: "button",
        role: "tab",
        "aria-controls": panel.id,
        on: { click: () => show(at), keydown: (event) => move(event, at) },
      },
      title,
    );
  });
  const show = (at: number) => {
    for (const [other, head] of heads.entries()) {
      head.setAttribute("aria-selected", String(other === at));
      head.tabIndex = other === at ? 0 : -1;
    }
    for (const [other, { panel }] of all.entries()) panel.hidden = other !== at;
  };
  const move = (event: Event, at: number) => {
    if (!(event instanceof KeyboardEvent)) return;
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    const to = (at + step + heads.length) % heads.length;
    show(to);
    heads[to]?.focus();
  };
  show(0);
  return element("div", { class: "tabs", role: "tablist" }, ...heads);
}
