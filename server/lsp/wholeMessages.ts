// One write for each message. The connection writes its head and its body one after the other, and the client would be woken twice,
// once for nothing.

import { Writable } from "node:stream";

/** Takes what the connection writes to a stream of bytes; a text is the head of the bytes that come next. */
export function wholeMessages(to: Writable): Writable {
  let head = "";
  const from = new Writable({
    decodeStrings: false,
    write: (chunk: string | Buffer, _, done) => {
      if (typeof chunk !== "string") {
        to.write(Buffer.concat([Buffer.from(head, "ascii"), chunk]), done);
        head = "";
      } else {
        head += chunk;
        done();
      }
    },
  });
  to.on("error", (error) => from.destroy(error));
  to.on("close", () => from.destroy());
  return from;
}
