// Files in the encodings that editors read.

import assert from "node:assert/strict";
import { decoded } from "../../server/workspace/decoded.js";

describe("the text of a file", () => {
  const text = "\ufeffä: 1\n";

  it("is read as UTF-8, with its byte order mark", () => assert.equal(decoded(Buffer.from(text)), text));

  it("is read as UTF-16 where that says so", () => {
    assert.equal(decoded(Buffer.from(text, "utf16le")), text);
    assert.equal(decoded(Buffer.from(text, "utf16le").swap16()), text);
  });
});
