// The files of a new plugin of this system.
import data from "../../../../snippets/scaffolds/skypilot.json";
import { readScaffold } from "../../scaffold/data.js";

export const skypilotScaffold = readScaffold(data);
