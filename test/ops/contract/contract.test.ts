// Every way to a host under every fault. Programs are slower than requests; for those the faults that differ for them.
import { contractOf } from "./contract.js";
import type { Fault } from "./faultyIo.js";
import { buntimeApi, buntimeDirectory, buntimeInPods } from "./subjects/buntime.js";
import { metaflowFolder } from "./subjects/metaflow.js";
import { openjourney } from "./subjects/openjourney.js";
import { skypilotHere } from "./subjects/skypilot.js";

const cancelled: readonly Fault[] = ["cancel before", "cancel during", "cancel after"];
const ofRequests: readonly Fault[] = [
  ...cancelled,
  ...(["late", "answer lost", "half answer", "reset", "certificate", "redirect"] as const),
  ...([401, 403, 404, 409, 413, 429, 500, 503] as const),
];
const ofPrograms: readonly Fault[] = [...cancelled, "late", "answer lost", "half answer", "fails", "killed", "floods"];

contractOf(buntimeApi, ofRequests);
contractOf(buntimeDirectory, ofRequests);
contractOf(buntimeInPods, ofPrograms, { every: 7 });
contractOf(metaflowFolder, [...ofRequests, "fails", "killed", "floods"], { every: 3 });
contractOf(openjourney, ofPrograms, { every: 5 });
contractOf(skypilotHere, [...ofPrograms, "reset", "redirect", 401, 500], { every: 12 });
