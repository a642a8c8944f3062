// A short wait between two questions to a service that is starting; over at once when the operation is cancelled.

const between = 300;

export async function pause(signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, between);
    signal.addEventListener("abort", end, { once: true });
  });
}
