// What the preview's panel and its web view tell each other. Types only.

import type { View } from "./page/address.js";
import type { ListEntry } from "./page/pageView.js";
import type { Sample } from "./page/sample.js";

export interface PluginChoice {
  readonly folder: string;
  readonly title: string;
  /** Where it comes from, in a few words. */
  readonly detail: string;
  readonly isShown: boolean;
  /** Why the service doesn't list it. */
  readonly refused?: string;
  /** What works otherwise here than on the host. */
  readonly notes: readonly string[];
}

export interface Samples {
  readonly names: readonly string[];
  /** Undefined: the records that come with the preview. */
  readonly chosen: string | undefined;
  readonly problem?: string;
  readonly notes: readonly string[];
}

export type ToView =
  | {
      readonly is: "start";
      readonly service: string;
      readonly entries: readonly ListEntry[];
      readonly plugins: readonly PluginChoice[];
      readonly view: View;
      readonly sample: Sample;
      readonly samples: Samples;
    }
  | { readonly is: "sample"; readonly sample: Sample; readonly samples: Samples }
  | { readonly is: "requested"; readonly text: string; readonly failed: boolean }
  | { readonly is: "why"; readonly name: string; readonly reasons: readonly string[] }
  | { readonly is: "failed"; readonly text: string };

export type FromView =
  | { readonly is: "ready" }
  | { readonly is: "choose"; readonly folder: string; readonly on: boolean }
  | { readonly is: "sample"; readonly name: string | undefined }
  | { readonly is: "editSample" }
  | { readonly is: "newSample" }
  | { readonly is: "reload" }
  /** A plugin is still hidden after a while. */
  | { readonly is: "silent"; readonly name: string; readonly src: string; readonly hasSpoken: boolean };
