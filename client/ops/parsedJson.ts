// JSON as the hosts read it: strict, without a byte order mark, else nothing.

export function parsedJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}
