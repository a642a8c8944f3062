// What the form for a Buntime host asks.
import type { Asks } from "../index.js";

export const buntimeAsks: Asks = {
  address: {
    prompt: "Address of the site. The management API below it is found by itself.",
    placeholder: "https://buntime.example.org",
    isNeeded: false,
    alone: "Files go through the management API.",
  },
  places: ["kubernetes", "directory"],
  cluster: ["context", "namespace"],
};
