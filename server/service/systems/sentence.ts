// Names in a sentence, and the words that go by how many they are.

/** `"a"`, `"a" and "b"`, `"a", "b" and "c"`; of more than `most` the rest as a number. */
export function listed(names: readonly string[], most = names.length): string {
  const shown = names.slice(0, most).map((name) => `"${name}"`);
  const rest = names.length > most ? `${names.length - most} more` : shown.pop();
  return shown.length > 0 ? `${shown.join(", ")} and ${rest}` : (rest ?? "");
}

/** "a Service", "an Ingress". */
export const withArticle = (word: string): string => `${/^[aeio]/i.test(word) ? "an" : "a"} ${word}`;

/** The word for one of them, or for several. */
export const byCount = (names: readonly unknown[], one: string, several: string): string =>
  names.length === 1 ? one : several;
