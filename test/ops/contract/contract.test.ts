// Every way to a host under every fault. Programs are slower than requests; for those not every fault meets every step.
import { contractOf } from "./contract.js";
import { buntimeApi, buntimeDirectory, buntimeInPods } from "./subjects/buntime.js";
import { metaflowFolder, metaflowInPods } from "./subjects/metaflow.js";
import { openjourney } from "./subjects/openjourney.js";
import { skypilotInPods, skypilotLocal } from "./subjects/skypilot.js";

contractOf(buntimeApi);
contractOf(buntimeDirectory);
contractOf(buntimeInPods, { every: 7 });
contractOf(metaflowFolder, { every: 2 });
contractOf(openjourney, { every: 7 });
contractOf(skypilotLocal, { every: 5 });
contractOf(metaflowInPods, { every: 9 });
contractOf(skypilotInPods, { every: 9 });
