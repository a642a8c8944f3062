// A path or name as a word of a command line, for commands that are printed to be run again.

export function shellWord(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  // Double quotes are understood by every shell; single ones are needed where these would still mean something.
  return /["$`\\!]/.test(text) ? `'${text.replaceAll("'", "'\\''")}'` : `"${text}"`;
}
