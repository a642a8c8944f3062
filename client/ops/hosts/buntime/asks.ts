// What the form for a Buntime host asks.
import type { Asks } from "../index.js";

export const buntimeAsks: Asks = {
  address: {
    prompt: "Address of the site. The management API below it is found by itself.",
    placeholder: "https://buntime.example.org",
    isNeeded: true,
  },
  places: [],
  cluster: [],
};
