// The files of a new plugin of this system.
import data from "../../../../snippets/scaffolds/buntime.json";
import { readScaffold } from "../../scaffold/data.js";

export const buntimeScaffold = readScaffold(data);
