// Lets work with the same key wait for the work before it, whether that succeeded or not.

export type InTurn = <T>(key: string, work: () => Promise<T>) => Promise<T>;

export function createQueue(): InTurn {
  const last = new Map<string, Promise<unknown>>();
  return (key, work) => {
    const before = last.get(key) ?? Promise.resolve();
    const mine = before.then(work, work);
    last.set(key, mine);
    const forget = () => {
      if (last.get(key) === mine) last.delete(key);
    };
    mine.then(forget, forget);
    return mine;
  };
}
