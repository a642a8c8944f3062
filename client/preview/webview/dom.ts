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
  const list = element("select", { "aria-label": label, "data-keep": label }, ...options);
  list.addEventListener("change", () => choose(list.value));
  return element("label", { class: "chooser" }, element("span", { "aria-hidden": "true" }, label), list);
}

/** What went wrong, with a way to try it again. */
export function failureOf(text: string, again: () => void): HTMLElement {
  return element("p", { class: "is-bad" }, text, " ", button("Try Again", again, { "data-keep": "again" }));
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

/**
 * Fills anew only when the key is another: an open list would close, a screen reader would say all of it again. Who has the focus
 * keeps it, by `data-keep`.
 */
export function refill(parent: HTMLElement, key: unknown, children: () => readonly Node[]): void {
  const text = JSON.stringify(key);
  if (parent.dataset.key === text) return;
  parent.dataset.key = text;
  const focused = document.activeElement;
  const held = focused instanceof HTMLElement && parent.contains(focused) ? focused.dataset.keep : undefined;
  parent.replaceChildren(...children());
  if (held === undefined) return;
  const same = [...parent.querySelectorAll<HTMLElement>("[data-keep]")].find(({ dataset }) => dataset.keep === held);
  same?.focus({ preventScroll: true });
}

export interface Tab {
  readonly title: string;
  readonly panel: HTMLElement;
}

/** Rows of tabs with one panel shown, by the pattern that screen readers know. */
export function tabs(label: string, all: readonly Tab[]): HTMLElement {
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
    const last = heads.length - 1;
    const targets: Readonly<Record<string, number>> = {
      ArrowRight: at === last ? 0 : at + 1,
      ArrowLeft: at === 0 ? last : at - 1,
      Home: 0,
      End: last,
    };
    const to = targets[event.key];
    if (to === undefined) return;
    event.preventDefault();
    show(to);
    heads[to]?.focus();
  };
  show(0);
  return element("div", { class: "tabs", role: "tablist", "aria-label": label }, ...heads);
}
