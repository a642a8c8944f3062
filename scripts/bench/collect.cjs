// Loaded into a server of life.mjs with --expose-gc: on SIGUSR2 it collects garbage and writes what is left, in MiB, beside its
// documents.
const { writeFileSync, renameSync } = require("node:fs");

process.on("SIGUSR2", () => {
  global.gc();
  global.gc();
  const file = `live-${process.pid}`;
  writeFileSync(`${file}.part`, String(process.memoryUsage().heapUsed / 2 ** 20));
  renameSync(`${file}.part`, file);
});
