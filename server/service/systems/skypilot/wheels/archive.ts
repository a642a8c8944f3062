// The file names in a wheel, from the central directory at the end of its zip; nothing is unpacked. Undefined for
// anything that can't be read for certain (ZIP64, encrypted directories, more entries than a plugin ever has).

export interface WheelEntry {
  readonly name: string;
  readonly crc32: number;
  readonly size: number;
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const END_SIZE = 22;
const MAX_COMMENT = 0xffff;
const MAX_ENTRIES = 20_000;

export function readWheel(bytes: Uint8Array): readonly WheelEntry[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOfDirectory(view);
  if (end === undefined) return undefined;
  const count = view.getUint16(end + 10, true);
  const size = view.getUint32(end + 12, true);
  const offset = view.getUint32(end + 16, true);
  // Self-extracting stubs in front shift everything; counting back from the end finds the directory all the same.
  let at = end - size;
  if (count > MAX_ENTRIES || count === 0xffff || offset === 0xffffffff || at < 0) return undefined;
  const entries: WheelEntry[] = [];
  for (let index = 0; index < count; index++) {
    if (at + 46 > end || view.getUint32(at, true) !== ENTRY) return undefined;
    const nameLength = view.getUint16(at + 28, true);
    const next = at + 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (next > end) return undefined;
    entries.push({
      name: nameOf(bytes.subarray(at + 46, at + 46 + nameLength)),
      crc32: view.getUint32(at + 16, true),
      size: view.getUint32(at + 24, true),
    });
    at = next;
  }
  return entries;
}

function endOfDirectory(view: DataView): number | undefined {
  const last = view.byteLength - END_SIZE;
  for (let at = last; at >= 0 && at >= last - MAX_COMMENT; at--) {
    if (view.getUint32(at, true) === END) return at;
  }
  return undefined;
}

/** Paths of Python modules are ASCII; other bytes stay single characters, which no module path matches. */
function nameOf(bytes: Uint8Array): string {
  let name = "";
  for (const byte of bytes) name += String.fromCharCode(byte);
  return name;
}
