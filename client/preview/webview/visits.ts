// Every frame of a view, watched for what the scripts in front of its pages say; see visit.ts.

import { createVisit, type Visit } from "../visit.js";

export interface Visits {
  /** From the frame's beginning on. */
  watch(frame: HTMLIFrameElement): void;
  /** True: the message was no page's own. */
  took(source: MessageEventSource | null, data: unknown): boolean;
}

/** Milliseconds that a page has to say that it is here. */
const grace = 1000;

export function createVisits(tell: (text: string, frame: HTMLIFrameElement) => void): Visits {
  const visits = new Map<HTMLIFrameElement, Visit>();
  return {
    watch: (frame) => {
      for (const known of visits.keys()) if (!known.isConnected) visits.delete(known);
      const later = (work: () => void) =>
        void window.setTimeout(() => {
          if (frame.isConnected) work();
        }, grace);
      const visit = createVisit({ tell: (text) => tell(text, frame), later });
      visits.set(frame, visit);
      frame.addEventListener("load", visit.loaded);
    },
    took: (source, data) => {
      const found = [...visits].find(([{ contentWindow }]) => source !== null && contentWindow === source);
      return found?.[1].took(data) === true;
    },
  };
}
