// Settings that make one path a certain document, for tests whose text alone would not be recognised.

import { DEFAULT_SETTINGS, type ServiceSettings } from "../../server/service/index.js";

export function settingsFor(path: string, document: string): ServiceSettings {
  return { ...DEFAULT_SETTINGS, associations: { [`**/${path}`]: document } };
}
