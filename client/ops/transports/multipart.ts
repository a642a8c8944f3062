// A form as the bytes of a request's body, for a connection that is none of `fetch`'s: its files are read while it is sent, and how
// long it is is known before, since what stands before some hosts takes no body of unknown length.
import { randomBytes } from "node:crypto";

export interface Multipart {
  readonly type: string;
  readonly length: number;
  readonly bytes: AsyncIterable<Uint8Array>;
}

export function multipart(form: FormData): Multipart {
  const boundary = `plugsmith-${randomBytes(12).toString("hex")}`;
  const parts = [...form].map(([name, value]) => ({
    head: Buffer.from(`--${boundary}\r\n${headOf(name, value)}\r\n\r\n`),
    content: typeof value === "string" ? new Blob([value]) : value,
  }));
  const end = Buffer.from(`--${boundary}--\r\n`);
  const lengths = parts.map(({ head, content }) => head.byteLength + content.size + LINE.byteLength);
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    length: lengths.reduce((sum, one) => sum + one, end.byteLength),
    bytes: (async function* () {
      for (const { head, content } of parts) {
        yield head;
        yield* content.stream();
        yield LINE;
      }
      yield end;
    })(),
  };
}

const LINE = Buffer.from("\r\n");

function headOf(name: string, value: File | string): string {
  const field = `Content-Disposition: form-data; name="${quoted(name)}"`;
  if (typeof value === "string") return field;
  return `${field}; filename="${quoted(value.name)}"\r\nContent-Type: ${value.type || "application/octet-stream"}`;
}

/** As browsers write names that would end their quotes or their line. */
const quoted = (text: string): string => text.replaceAll("\n", "%0A").replaceAll("\r", "%0D").replaceAll('"', "%22");
