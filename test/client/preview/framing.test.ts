// Why a host's page would stay blank in a frame.

import assert from "node:assert/strict";
import { notesOn } from "../../../client/preview/site/framing.js";

describe("a host's page in a frame", () => {
  const told = (status: number, headers: Record<string, string> = {}) =>
    notesOn(status, new Headers(headers))[0]?.text ?? "";
  it("wants a sign-in", () => {
    assert.match(told(401), /wants a sign-in/);
    assert.match(told(302, { location: "/oauth2/login" }), /wants a sign-in/);
  });
  it("is forbidden, or not there", () => {
    assert.match(told(200, { "x-frame-options": "DENY" }), /forbids/);
    assert.match(told(200, { "content-security-policy": "default-src *; frame-ancestors 'self'" }), /forbids/);
    assert.match(told(404), /answers 404/);
  });
  it("shows", () => {
    assert.equal(told(200), "");
    assert.equal(told(302, { location: "/notes/" }), "");
    assert.equal(told(200, { "content-security-policy": "frame-ancestors *" }), "");
  });
});
