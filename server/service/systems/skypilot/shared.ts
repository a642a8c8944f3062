// What whoever builds wheels and talks to a SkyPilot server must know: the same knowledge as the rules'.

export { splitClass } from "./items.js";
export { moduleEntry } from "./wheels/directory.js";
