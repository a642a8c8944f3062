// What is said of a plugin that a killed writer had moved away, wherever it lay.

export function backWords(plugin: string): string {
  return `the former "${plugin}", which a deployment that was killed had moved away, was put back first`;
}
