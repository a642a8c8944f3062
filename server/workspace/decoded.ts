// Bytes as text: UTF-8 without looking, UTF-16 where the byte order mark says so, as editors read it too.

/** The text of a file, with its byte order mark. */
export function decoded(bytes: Buffer): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return LITTLE.decode(bytes);
  if (first === 0xfe && second === 0xff) return BIG.decode(bytes);
  return bytes.toString("utf8");
}

const LITTLE = new TextDecoder("utf-16le", { ignoreBOM: true });
const BIG = new TextDecoder("utf-16be", { ignoreBOM: true });
