// Kept answers, for rules; see text/remember.ts.

export { remember } from "../text/remember.js";
