// The files of a new plugin of this system.
import data from "../../../../snippets/scaffolds/openjourney.json";
import { readScaffold } from "../../scaffold/data.js";

export const openjourneyScaffold = readScaffold(data);
