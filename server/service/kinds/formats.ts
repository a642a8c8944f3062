// Names of the kinds of string that schemas use as `format`. A kind gives completion, hover and links to every string
// that carries its name, wherever it stands; kinds without code of their own are listed for the schemas' sake.

export const FORMATS = [
  "path",
  "pythonClass",
  "pluginName",
  "dependencyName",
  "routeBase",
  "menuPath",
  "routeGlob",
  "duration",
  "byteSize",
  "icon",
  "gitUrl",
  "gitRef",
  "fieldPath",
  "labelSelector",
  "imageName",
  "regex",
  "kubernetesName",
  "secretText",
  "presentValue",
  "jsonPointer",
  "sandboxTokens",
] as const;

export type Format = (typeof FORMATS)[number];
