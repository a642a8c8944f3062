// Data of a message as text for people. Whatever can be posted has one: what JSON has no words for is named, and nothing grows
// beyond bounds, however large or deep the data is.

export interface Bounds {
  /** Characters, about. */
  readonly most?: number;
  /** Values inside values. */
  readonly depth?: number;
}

/** As `JSON.stringify` with an indent of one writes it, as long as that can write it and it is short. */
export function shownData(data: unknown, { most = 20_000, depth = 30 }: Bounds = {}): string {
  let left = most;
  const above: object[] = [];

  const put = (text: string): string => {
    left -= text.length;
    return text;
  };
  const write = (value: unknown): string => {
    if (typeof value === "string") return put(JSON.stringify(value.length > left ? `${value.slice(0, left)}…` : value));
    if (typeof value !== "object" || value === null) return put(plain(value));
    if (above.includes(value)) return put("[itself again]");
    if (above.length >= depth) return put("[too deep to show]");
    above.push(value);
    const text = inside(value);
    above.pop();
    return text;
  };
  const inside = (value: object): string => {
    if (value instanceof Date) return put(Number.isNaN(value.getTime()) ? "null" : JSON.stringify(value));
    if (Array.isArray(value)) return list("[", "]", value, write);
    const name = Object.prototype.toString.call(value).slice("[object ".length, -1);
    if (value instanceof Map) return list("Map [", "]", value, write);
    if (value instanceof Set) return list("Set [", "]", value, write);
    if (name !== "Object") return put(name);
    const known = Object.entries(value).filter(([, own]) => own !== undefined);
    return list("{", "}", known, ([key, own]) => `${put(JSON.stringify(key.slice(0, 200)))}: ${write(own)}`);
  };
  const list = <Item>(open: string, close: string, items: Iterable<Item>, item: (one: Item) => string): string => {
    const indent = `\n${" ".repeat(above.length)}`;
    const written: string[] = [];
    for (const one of items) {
      if (left <= 0) {
        written.push("…");
        break;
      }
      written.push(item(one));
    }
    if (written.length === 0) return put(`${open}${close}`);
    return put(open) + indent + written.join(`,${indent}`) + put(indent.slice(0, -1) + close);
  };
  return write(data);
}

function plain(value: unknown): string {
  if (typeof value === "bigint") return `${value}n`;
  return JSON.stringify(value) ?? String(value);
}
