// Every way to a host under every fault. Programs are slower than requests; for those not every fault meets every step.
import { contractOf } from "./contract.js";
import { buntimeApi, buntimeDirectory, buntimeInPods } from "./subjects/buntime.js";
import { metaflowFolder, metaflowInPods } from "./subjects/metaflow.js";
import { openjourney } from "./subjects/openjourney.js";
import { skypilotInPods, skypilotLocal } from "./subjects/skypilot.js";

contractOf(buntimeApi);
contractOf(buntimeDirectory);
contractOf(buntimeInPods, { every: 10 });
contractOf(metaflowFolder, { every: 3 });
contractOf(openjourney, { every: 10 });
contractOf(skypilotLocal, { every: 8 });
contractOf(metaflowInPods, { every: 14 });
contractOf(skypilotInPods, { every: 14 });
