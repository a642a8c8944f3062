// Lets work with the same key wait for the work before it, whether that succeeded or not. Who waits can leave.

/** Rejects with the signal's reason when that comes before the turn; the work is never begun then. After that the signal is the work's. */
export type InTurn = <T>(key: string, work: () => Promise<T>, signal?: AbortSignal) => Promise<T>;

export function createQueue(): InTurn {
  const last = new Map<string, Promise<void>>();
  return (key, work, signal) => {
    const before = last.get(key) ?? Promise.resolve();
    return new Promise((resolve, reject) => {
      const leave = () => reject(signal?.reason);
      const begin = async () => {
        signal?.removeEventListener("abort", leave);
        if (signal?.aborted === true) return leave();
        try {
          resolve(await work());
        } catch (error) {
          reject(error);
        }
      };
      signal?.addEventListener("abort", leave, { once: true });
      const mine = before.then(begin).then(() => {
        if (last.get(key) === mine) last.delete(key);
      });
      last.set(key, mine);
    });
  };
}
