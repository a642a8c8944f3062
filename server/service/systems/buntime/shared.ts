// What whoever packs for a Buntime host, talks to one or plays one must know of plugins: the same knowledge as the rules'.

export { baseRefusal } from "./bases.js";
export { FALLBACKS, PAGE_FALLBACKS } from "./entries.js";
export { judgeName, removalHarm } from "./names.js";
export { syntaxMistake } from "./syntax.js";
export { workerRefusals } from "./workerFields.js";
