// Whether a text is JSON to a strict reader, as most hosts have one: no byte order mark, no comment, no comma too many.

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
