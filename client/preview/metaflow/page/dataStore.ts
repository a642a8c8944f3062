// The page's one store of records by path. Records are merged and sent whole; a path that ever held one is replayed to whoever
// subscribes; leaving a view empties its paths and tells nobody.

import { createEvents } from "./events.js";
import { type Fields, isFields } from "./protocol.js";

export interface DataStore {
  set(path: string, record: Fields): void;
  clear(path: string): void;
  /** Each call is one more subscription: updates then come twice. */
  subscribe(key: string, path: string, hear: (record: Fields) => void): void;
  unsubscribe(key: string): void;
  held(path: string): Fields | undefined;
}

export function createDataStore(): DataStore {
  const records = new Map<string, Fields>();
  const updates = createEvents();
  return {
    set: (path, record) => {
      const merged = { ...records.get(path), ...record };
      records.set(path, merged);
      updates.call(path, merged);
    },
    clear: (path) => void records.set(path, {}),
    subscribe: (key, path, hear) => {
      const record = records.get(path);
      if (record !== undefined) hear(record);
      updates.subscribe(key, path, (data) => isFields(data) && hear(data));
    },
    unsubscribe: updates.unsubscribe,
    held: (path) => records.get(path),
  };
}
