// What is understood of a SkyPilot server over HTTP: its list without class paths, and a wall of sign-in, which is no empty list.
import assert from "node:assert/strict";
import { interpreterIn } from "../../../client/ops/hosts/skypilot/local/server.js";
import { connect, errorText, type HostConfig } from "../../../client/ops/index.js";
import { hostError } from "../support/errors.js";

const signal = new AbortController().signal;
const token = "sky_planted-0123456789-ABCDEFGHIJ";
const config: HostConfig = { name: "team", system: "skypilot", level: "shared", url: "https://sky.example.org" };

describe("a SkyPilot server over HTTP", () => {
  const asked: Request[] = [];
  const answering = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
    connect(config, {
      token: async () => token,
      fetch: async (input, init) => {
        asked.push(new Request(input, init));
        const text = typeof body === "string" ? body : JSON.stringify(body);
        return new Response(text, { status, headers: { "content-type": "application/json", ...headers } });
      },
    });

  it("is asked with the token, and lists names, versions and nameless plugins", async () => {
    const rows = [
      { js_extension_path: null, requires_early_init: false, name: "audit", version: "1.0" },
      { js_extension_path: "/plugins/x.js" },
    ];
    const plugins = await answering(200, { plugins: rows }).list?.(signal);
    assert.deepEqual(
      plugins?.map(({ name, version, path }) => [name, version, path]),
      [
        ["audit", "1.0", undefined],
        ["plugin 2", undefined, "/plugins/x.js"],
      ],
    );
    const last = asked.at(-1);
    assert.deepEqual(
      [last?.url, last?.headers.get("authorization")],
      ["https://sky.example.org/api/plugins", `Bearer ${token}`],
    );
  });

  it("that wants a sign-in is told apart from one without plugins", async () => {
    assert.deepEqual(await answering(200, { plugins: [] }).list?.(signal), []);
    const page = { "content-type": "text/html" };
    const cases = [
      answering(401, { detail: "Unauthorized" }),
      answering(302, "", { location: "https://login.example.org/start?rd=x" }),
      answering(200, "<!doctype html><title>Sign in</title>", page),
      answering(403, "<html>no</html>", page),
    ];
    const kinds: string[] = [];
    for (const host of cases) {
      const error = await hostError(host.list?.(signal) ?? Promise.resolve());
      kinds.push(error.kind);
      assert.ok(!errorText(error).includes(token));
    }
    assert.deepEqual(kinds, ["unauthorised", "unauthorised", "unauthorised", "forbidden"]);
  });

  it("that lives and says no more wants a sign-in to tell its version", async () => {
    assert.match(
      (await answering(200, { status: "healthy" }).describe?.(signal))?.title ?? "",
      /tells its version after a sign-in/,
    );
    const told = await answering(200, {
      status: "healthy",
      version: "0.13.0",
      version_on_disk: "0.13.1",
    }).describe?.(signal);
    assert.equal(told?.title, "SkyPilot 0.13.0 (0.13.1 is installed: a restart is due)");
  });

  it("that is none, is too old or is down is told so", async () => {
    const words: readonly (readonly [number, unknown, RegExp])[] = [
      [200, { hello: 1 }, /not as a SkyPilot API server does/],
      [404, { detail: "Not Found" }, /does not know \/api\/plugins/],
      [429, "", /no more requests/],
      [503, "", /can't answer at the moment/],
    ];
    for (const [status, body, expected] of words)
      assert.match((await hostError(answering(status, body).list?.(signal) ?? Promise.resolve())).message, expected);
  });

  it("can't be sent anything: SkyPilot takes no plugins over HTTP", () => {
    const host = answering(200, {});
    assert.deepEqual([host.upload, host.reload, host.remove], [undefined, undefined, undefined]);
  });
});

describe("the Python of a server", () => {
  it("is the one that the program sky runs with", () => {
    assert.equal(interpreterIn("#!/home/me/sky/bin/python3.11\nimport re\n"), "/home/me/sky/bin/python3.11");
    assert.equal(
      interpreterIn("#!/bin/sh\n'''exec' \"/a long/path/bin/python\" \"$0\" \"$@\"\n' '''\n"),
      "/a long/path/bin/python",
    );
    assert.equal(interpreterIn("#!/usr/bin/env bash\nexec docker run sky\n"), undefined);
    assert.equal(interpreterIn("\u007fELF"), undefined);
  });
});
