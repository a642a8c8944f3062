// What whoever builds and applies OpenJourney plugins must know of them: the same knowledge as the rules'.

export { NAMES as KUSTOMIZATION_NAMES } from "./model/kustomization.js";
export { mappingIn } from "./model/plugin.js";
