// Preloaded into another program (`node --require`): it is killed at the change of a file that DIE_AT numbers, in the middle of it
// where it has one. One that comes to its end writes how many there were into the file COUNT_IN.
import { writeFileSync } from "node:fs";
import { deadlyDisk } from "../contract/faultyDisk.js";

const { DIE_AT, COUNT_IN } = process.env;
const disk = deadlyDisk(Number(DIE_AT));
process.once("exit", () => COUNT_IN && writeFileSync(COUNT_IN, String(disk.count())));
