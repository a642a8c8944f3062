// The page's events: who subscribes hears what is called from then on, the caller included. Nothing is replayed.

export interface Events {
  subscribe(key: string, event: string, hear: (data: unknown) => void): void;
  unsubscribe(key: string): void;
  /** Answers how many heard it. */
  call(event: string, data: unknown): number;
}

export function createEvents(): Events {
  let subscriptions: {
    readonly key: string;
    readonly event: string;
    readonly hear: (data: unknown) => void;
  }[] = [];
  return {
    subscribe: (key, event, hear) => void subscriptions.push({ key, event, hear }),
    unsubscribe: (key) => {
      subscriptions = subscriptions.filter((one) => one.key !== key);
    },
    call: (event, data) => {
      const hearing = subscriptions.filter((one) => one.event === event);
      for (const { hear } of hearing) hear(data);
      return hearing.length;
    },
  };
}
