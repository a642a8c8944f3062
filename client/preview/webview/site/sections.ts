// Sections of a preview: titles, notes, rows with what is wrong in words, files as they are sent, and links to the source.

import type { PreviewItem, PreviewPlace, PreviewSection } from "../../../../server/service/index.js";
import { button, element } from "../dom.js";

export function sectionsOf(
  sections: readonly PreviewSection[],
  open: (place: PreviewPlace) => void,
): readonly HTMLElement[] {
  return sections.map(({ title, note, mood, rows, text }) =>
    element(
      "section",
      { class: `part ${mood ?? ""}` },
      element("h2", {}, title),
      note === undefined ? undefined : element("p", { class: "note" }, note),
      rows.length === 0 ? undefined : element("ul", { class: "rows" }, ...rows.map((row) => rowOf(row, open))),
      text === undefined ? undefined : element("pre", { tabindex: "0", "aria-label": title }, text),
    ),
  );
}

const words = { good: "fine", attention: "look at this", bad: "wrong" } as const;

function rowOf(
  { label, detail, mood, notes = [], place }: PreviewItem,
  open: (place: PreviewPlace) => void,
): HTMLElement {
  const name =
    place === undefined
      ? element("span", { class: "label" }, label)
      : button(label, () => open(place), {
          class: "link label",
          title: "Show where it is written",
          "data-keep": `${place.path} ${place.span ?? ""} ${label}`,
        });
  return element(
    "li",
    { class: mood ?? "" },
    mood === undefined ? undefined : element("span", { class: "sr" }, `${words[mood]}: `),
    name,
    detail === undefined || detail === "" ? undefined : element("span", { class: "detail" }, detail),
    ...notes.map((note) => element("p", { class: "note" }, note)),
  );
}
