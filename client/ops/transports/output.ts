// What a program writes, kept within bounds: the text as a whole, and its lines as they come.
import { StringDecoder } from "node:string_decoder";

export interface Collector {
  take(chunk: Buffer): void;
  /** Gives out a last line that has no end. */
  end(): void;
  text(): string;
}

export interface CollectorOptions {
  readonly maxBytes: number;
  readonly overflow: "end" | "keepLast";
  /** Called once, with "end", when more than `maxBytes` have come. */
  readonly onOverflow?: () => void;
  readonly onLine?: (line: string) => void;
}

/** A line that never ends is given out in pieces of this many characters. */
const longestLine = 64 * 1024;

export function collector({ maxBytes, overflow, onOverflow, onLine }: CollectorOptions): Collector {
  const chunks: Buffer[] = [];
  const lines = onLine === undefined ? undefined : lineSplitter(onLine);
  let bytes = 0;
  return {
    take: (chunk) => {
      if (overflow === "end" && bytes > maxBytes) return;
      lines?.take(chunk);
      chunks.push(chunk);
      bytes += chunk.byteLength;
      if (bytes <= maxBytes) return;
      if (overflow === "end") return onOverflow?.();
      for (let first = chunks[0]; first && bytes - first.byteLength >= maxBytes; first = chunks[0]) {
        bytes -= first.byteLength;
        chunks.shift();
      }
    },
    end: () => lines?.end(),
    text: () => {
      const all = Buffer.concat(chunks);
      return (all.byteLength > maxBytes ? all.subarray(all.byteLength - maxBytes) : all).toString("utf8");
    },
  };
}

function lineSplitter(onLine: (line: string) => void) {
  const decoder = new StringDecoder("utf8");
  let rest = "";
  const give = (line: string) => onLine(line.endsWith("\r") ? line.slice(0, -1) : line);
  return {
    take: (chunk: Buffer) => {
      const parts = (rest + decoder.write(chunk)).split("\n");
      rest = parts.pop() ?? "";
      for (const line of parts) give(line);
      for (; rest.length > longestLine; rest = rest.slice(longestLine)) give(rest.slice(0, longestLine));
    },
    end: () => {
      rest += decoder.end();
      if (rest !== "") give(rest);
      rest = "";
    },
  };
}
