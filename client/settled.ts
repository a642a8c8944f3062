// Runs work once calls have stopped coming for a while.

export interface Settled {
  call(): void;
  dispose(): void;
}

export function settled(work: () => void, milliseconds: number): Settled {
  let timer: NodeJS.Timeout | undefined;
  return {
    call: () => {
      clearTimeout(timer);
      timer = setTimeout(work, milliseconds);
    },
    dispose: () => clearTimeout(timer),
  };
}
