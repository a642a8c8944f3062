// A web view whose script never ran stays white for ever: some starts hang on the editor's side. So the page is given anew until its
// first message comes, and then the user is told.

export interface Arrival {
  /** Puts the page in its place, each time a new one. */
  readonly give: () => void;
  /** It never came. */
  readonly giveUp: () => void;
  /** Milliseconds that one page has. */
  readonly patience?: number;
  readonly tries?: number;
}

export interface Awaited {
  /** The page has spoken. */
  came(): void;
  /** Nobody waits for it any more. */
  dispose(): void;
}

export function awaitArrival({ give, giveUp, patience = 8000, tries = 3 }: Arrival): Awaited {
  let timer: NodeJS.Timeout | undefined;
  const dispose = () => clearTimeout(timer);
  const attempt = (left: number): void => {
    if (left === 0) {
      giveUp();
      return;
    }
    give();
    timer = setTimeout(() => attempt(left - 1), patience);
  };
  attempt(tries);
  return { came: dispose, dispose };
}
