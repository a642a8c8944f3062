// Many pieces of work, a few at a time: answers in the order of the items. One that fails doesn't keep the others from ending.

export async function inParallel<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const answers = new Map<number, R>();
  const failures: unknown[] = [];
  const waiting = items.entries();
  const worker = async () => {
    for (const [at, item] of waiting) {
      try {
        answers.set(at, await work(item));
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  if (failures.length > 0) throw failures[0];
  return [...answers].sort(([a], [b]) => a - b).map(([, answer]) => answer);
}
