// One frame with a page of ours in it: the script in front of each page says that it is here, and what of the page can't be led
// below the preview's path. A frame that loads something which says nothing has gone astray, and would only look odd. Pure.

export interface Visit {
  /** The frame has loaded something. */
  loaded(): void;
  /** A message of its window; true: it is of the script in front of the page, and none of the page's own. */
  took(data: unknown): boolean;
}

export interface Surroundings {
  tell(text: string): void;
  /** A moment later: messages may come after the page that they are of. */
  later(work: () => void): void;
}

export const astray =
  'the frame has left the preview: a script has set its location to an address from the root ("/…"), which nobody can lead below the preview\'s path. Relative addresses work here as on the host; Reload brings the page back';

export function createVisit({ tell, later }: Surroundings): Visit {
  let documents = 0;
  /** Of these, as far as they have spoken. */
  let pages = 0;
  const told = new Set<string>();
  return {
    loaded: () => {
      documents += 1;
      const now = documents;
      later(() => {
        // Where no page has ever spoken, none is of ours.
        if (pages === 0 || pages >= now) return;
        pages += 1;
        tell(astray);
      });
    },
    took: (data) => {
      if (typeof data !== "object" || data === null || !("plugsmith" in data)) return false;
      if (data.plugsmith === "here") pages += 1;
      const text = "text" in data && typeof data.text === "string" ? data.text.slice(0, 300) : undefined;
      if (data.plugsmith === "said" && text !== undefined && !told.has(text) && told.size < 50) {
        told.add(text);
        tell(text);
      }
      return true;
    },
  };
}
