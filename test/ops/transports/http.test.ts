// One request over HTTP: how it ended, where what carries it knows less than we do.

import assert from "node:assert/strict";
import { errorText, HostError } from "../../../client/ops/index.js";
import { httpTo } from "../../../client/ops/transports/http.js";

describe("a request that another program carries", () => {
  const origin = "http://pod.example.org";
  /** Ended by its signal, it says that it was cancelled. */
  const carried: typeof fetch = (_url, init) =>
    new Promise((_answer, reject) => {
      const cancelled = {
        kind: "cancelled",
        step: "list",
        message: "the list was cancelled; kubectl was ended",
      } as const;
      init?.signal?.addEventListener("abort", () => reject(new HostError({ ...cancelled, next: "start it again" })));
    });
  const http = httpTo({ origin, host: '"team"', headers: {}, fetch: carried });
  const asked = async (timeout: number, signal: AbortSignal) => {
    const request = { step: "list", method: "GET", url: `${origin}/plugins`, timeout, signal } as const;
    const error: unknown = await http(request).then(
      () => assert.fail("it was answered"),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof HostError);
    return error;
  };

  it("is late when it is late, and nobody has cancelled it", async () => {
    const late = await asked(20, new AbortController().signal);
    assert.deepEqual([late.kind, late.timedOut], ["unreachable", true]);
    assert.match(errorText(late), /^"team" did not answer within 1 s/);
  });

  it("is cancelled when the user cancels it", async () => {
    assert.equal((await asked(60_000, AbortSignal.timeout(20))).kind, "cancelled");
  });
});
