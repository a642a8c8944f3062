// Loaded into a program of packing.mjs or workspace.mjs: when it ends it writes the most memory that it took, in MiB.
const { writeFileSync } = require("node:fs");

process.on("exit", () => {
  writeFileSync(process.env.PLUGSMITH_USAGE, String(process.resourceUsage().maxRSS / 1024));
});
