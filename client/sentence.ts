// Problems and refusals as messages of their own.

/** Problems start in lower case and have no full stop; a message of its own has both. Names of fields and files stay as they are. */
export function sentence(text: string): string {
  const start = /^[a-z]+[\s,;]/.test(text) ? text.slice(0, 1).toUpperCase() + text.slice(1) : text;
  return /[.!?]$/.test(start) ? start : `${start}.`;
}
