// The files of a new plugin of this system.
import data from "../../../../snippets/scaffolds/metaflow.json";
import { readScaffold } from "../../scaffold/data.js";

export const metaflowScaffold = readScaffold(data);
