// What a row of an OpenJourney host holds beside what all have.
import type { HostField } from "../hostFields.js";
import type { Asks } from "../index.js";

export const openjourneyAsks: Asks = { places: [], cluster: ["context", "namespace"] };

export const openjourneyFields: readonly HostField[] = [
  {
    key: "registry",
    takes: "text",
    about:
      "OpenJourney: the registry that plugins' images are pushed to, without a scheme; localhost:32000 where nothing is set, as the server's own tool has it.",
    example: '"registry.example.org/plugins"',
  },
  {
    key: "overlay",
    takes: "path",
    isPlace: true,
    about:
      "OpenJourney: the folder of the kustomization that is applied, such as kubernetes/overlays/local; the plugin's own kubernetes folder where nothing is set.",
    example: '"kubernetes/overlays/local"',
  },
];
