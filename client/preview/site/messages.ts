// What the panel of a site preview and its web view tell each other. Types only.

import type { PreviewPage, PreviewPlace, PreviewSection } from "../../../server/service/index.js";

export interface SiteState {
  /** Where the page may come from; none: there is nothing to frame, only sections. */
  readonly sources: readonly { readonly id: string; readonly label: string }[];
  readonly source: string | undefined;
  readonly pages: readonly PreviewPage[];
  /** From the site's root; "" while there is no page. */
  readonly path: string;
  /** Why there is none. */
  readonly noPage?: string;
  readonly frame?: {
    /** Another key is another document. */
    readonly key: number;
    readonly src: string;
    readonly sandbox: string;
  };
  /** Sentences about what is framed. */
  readonly notes: readonly { readonly text: string; readonly isBad: boolean }[];
  readonly sections: readonly PreviewSection[];
}

export type ToSite =
  | { readonly is: "state"; readonly state: SiteState }
  | { readonly is: "requested"; readonly text: string; readonly mood?: "bad" | "attention" }
  | { readonly is: "failed"; readonly text: string };

export type FromSite =
  | { readonly is: "ready" }
  | { readonly is: "source"; readonly id: string }
  | { readonly is: "go"; readonly path: string }
  | { readonly is: "reload" }
  | { readonly is: "browse" }
  | { readonly is: "open"; readonly place: PreviewPlace };
