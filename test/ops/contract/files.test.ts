// Every way to a host by files of this machine, on a full disk and with a killed writer.
import { filesContractOf } from "./files.js";
import { buntimeDirectory } from "./subjects/buntime.js";
import { metaflowFolder } from "./subjects/metaflow.js";
import { skypilotLocal } from "./subjects/skypilot.js";

filesContractOf(buntimeDirectory);
filesContractOf(metaflowFolder);
filesContractOf(skypilotLocal, { every: 8 });
