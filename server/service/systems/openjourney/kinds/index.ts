// Kinds of string of kustomization files: what to offer and to tell from the objects that the kustomization builds.

import type { Kind, Use } from "../../../kinds/kind.js";
import { wordsOf } from "../model/around.js";
import { jsonPointer, presentValue } from "../patchFile.js";
import { fieldPathKind } from "./fieldPath.js";
import { imageKind } from "./image.js";
import { labelSelector } from "./labelSelector.js";
import { generatorName, namespaceName, replicaName } from "./names.js";
import { resourcePath } from "./path.js";
import { selectorPart } from "./selector.js";

/** The schema's `kubernetesName` stands for several things; which one says the place. */
const nameKind: Kind = {
  complete: (use) => kindAt(use)?.complete?.(use) ?? [],
  hover: (use) => kindAt(use)?.hover?.(use),
};

function kindAt({ at }: Use): Kind | undefined {
  const words = wordsOf(at).filter((step) => typeof step === "string");
  const path = words.join(".");
  if (path === "replicas.name") return replicaName;
  if (/^(configmapgenerator|secretgenerator)\.name$/.test(path)) return generatorName;
  if (path === "namespace" || /^(configmapgenerator|secretgenerator)\.namespace$/.test(path)) return namespaceName;
  return selectorPart;
}

export const kinds: Readonly<Partial<Record<string, Kind>>> = {
  path: resourcePath,
  regex: selectorPart,
  labelSelector,
  kubernetesName: nameKind,
  fieldPath: fieldPathKind,
  imageName: imageKind,
  presentValue,
  jsonPointer,
};
