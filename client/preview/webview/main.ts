// Starts the view that the document asks for. One script serves every preview.

import { showMetaflow } from "./metaflow/view.js";
import { showSite } from "./site/view.js";

const views: Readonly<Record<string, (root: HTMLElement) => void>> = { metaflow: showMetaflow, site: showSite };

const root = document.getElementById("root");
if (root !== null) views[document.body.dataset.view ?? ""]?.(root);
