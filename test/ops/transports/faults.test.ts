// Every fault of a host or of the way to it becomes a HostError with the right kind, a next step and no credential in it.
import assert from "node:assert/strict";
import path from "node:path";
import type { BuntimeShipment } from "../../../client/ops/index.js";
import { deploy, errorText, HostError, planPackage, writeArchive } from "../../../client/ops/index.js";
import { hostError } from "../support/errors.js";
import {
  type FaultyHost,
  faultyHost,
  halfAnswer,
  hangUp,
  hangUpMidway,
  json,
  type Reply,
  silence,
  text,
  token,
} from "../support/faultyHost.js";
import { plugin, removeTemporary, temporary } from "../support/places.js";

const signal = new AbortController().signal;
const inEightHours = new Date(Date.now() + 28_800_000).toUTCString();
const html = "<!doctype html><html><head><title>Sign in</title></head></html>";

describe("a host with faults", () => {
  let faulty: FaultyHost;
  let shipment: BuntimeShipment;

  beforeEach(async () => {
    faulty = await faultyHost();
    shipment = await writeArchive(await planPackage(await plugin()), {
      file: path.join(await temporary(), "hello.tgz"),
    });
  });

  afterEach(async () => {
    await faulty.stop();
    await removeTemporary();
  });

  const failing = async (
    at: string,
    reply: Reply,
    work: (host: ReturnType<FaultyHost["host"]>) => Promise<unknown> | undefined,
    io = {},
  ) => {
    faulty.replies.set(at, reply);
    const error = await hostError(Promise.resolve(work(faulty.host(io))));
    const whole = `${errorText(error)}\n${error.stack ?? ""}\n${JSON.stringify(error)}\n${String(error.cause)}`;
    assert.ok(!whole.includes(token), "the token stands in the error");
    assert.ok(error.next.length > 10, "no next step");
    return error;
  };
  const list = (host: ReturnType<FaultyHost["host"]>) => host.list?.(signal);
  const upload = (host: ReturnType<FaultyHost["host"]>) => host.upload?.(shipment, signal);
  const reload = (host: ReturnType<FaultyHost["host"]>) => host.reload?.(signal);

  const answers: readonly (readonly [string, Reply, string, RegExp])[] = [
    ["401", json(401, { code: "AUTH_REQUIRED", error: "Unauthorized" }), "unauthorised", /sign in again/],
    [
      "403 of a permission",
      json(403, { code: "PERMISSION_DENIED", error: "Missing permission: plugins:read" }),
      "forbidden",
      /plugins:read/,
    ],
    [
      "403 of a scope",
      json(403, { code: "NAMESPACE_DENIED", error: "Access denied for namespace: @acme" }),
      "forbidden",
      /scope/,
    ],
    ["403 of the Origin rule", text(403, "Forbidden - Origin required"), "forbidden", /Origin rule/],
    ["404", text(404, "Not Found", "application/octet-stream"), "missing", /does not know the address/],
    ["429", text(429, "slow down", "text/plain", { "Retry-After": "17" }), "refused", /in 17 s/],
    ["429 until a date", text(429, "", "text/plain", { "Retry-After": inEightHours }), "refused", /in 4\d\d min/],
    ["429 for years", text(429, "", "text/plain", { "Retry-After": "99999999" }), "refused", /in a minute/],
    [
      "500",
      json(500, { success: false, code: "INTERNAL_SERVER_ERROR", message: "An unexpected error occurred" }),
      "refused",
      /log/,
    ],
    ["502 from a proxy", text(502, "<html><title>502 Bad Gateway</title></html>", "text/html"), "unreachable", /proxy/],
    ["a web page", text(200, html, "text/html"), "refused", /web page/],
    ["a page for signing in", text(401, html, "text/html"), "unauthorised", /web page/],
    ["an empty answer", text(200, "", "application/json"), "refused", /with nothing/],
    ["no list", json(200, { plugins: [] }), "refused", /not a list/],
    ["half an answer", halfAnswer, "unreachable", /middle of its answer/],
    ["a closed connection", hangUp, "unreachable", /closed the connection/],
    [
      "a redirect",
      text(302, "", "text/plain", { Location: "https://login.example.org/?next=x" }),
      "refused",
      /redirects to https:\/\/login\.example\.org/,
    ],
  ];
  for (const [what, reply, kind, words] of answers) {
    it(`explains ${what}`, async () => {
      const error = await failing("GET /plugins", reply, list);
      assert.equal(error.kind, kind);
      assert.match(errorText(error), words);
      assert.match(error.message, /"faulty"/);
      const { host } = new URL(faulty.url);
      // The address is told where it may be what is wrong.
      assert.equal(error.message.includes(host), /web page|Origin rule/.test(error.message));
    });
  }

  it("finds what stands against a plugin, and calls the host by its name", async () => {
    const needy = { ...shipment, manifest: { ...shipment.manifest, dependencies: ["@acme/base"] } };
    const found = (await faulty.host().check?.(needy, signal)) ?? [];
    assert.deepEqual(
      found.map(({ message }) => message),
      ['"@acme/base" is not on "faulty"; the host leaves out a plugin that requires it'],
    );
  });

  it("explains silence", async () => {
    const error = await failing("GET /plugins", silence, list, { timeouts: { answer: 80 } });
    assert.equal(error.kind, "unreachable");
    assert.match(error.message, /did not answer within/);
  });

  it("explains an address where nothing listens", async () => {
    const host = faulty.host();
    await faulty.stop();
    const error = await hostError(Promise.resolve(host.list?.(signal)));
    assert.equal(error.kind, "unreachable");
    assert.equal(error.message, `nothing listens at ${new URL(faulty.url).host}`);
  });

  const uploads: readonly (readonly [string, Reply, string, RegExp])[] = [
    ["413", text(413, "<html>413</html>", "text/html"), "refused", /too large/],
    [
      "500",
      json(500, { success: false, code: "INTERNAL_SERVER_ERROR", message: "An unexpected error occurred" }),
      "refused",
      /archive or its manifest/,
    ],
    [
      "400 of the kind of file",
      json(400, { success: false, code: "INVALID_FILE_TYPE", message: "File must be .tgz" }),
      "refused",
      /\.tgz/,
    ],
    [
      "400 of the directories",
      json(400, { success: false, code: "NO_PLUGIN_DIRS", message: "No pluginDirs configured" }),
      "refused",
      /RUNTIME_PLUGIN_DIRS/,
    ],
    [
      "403 of a permission",
      json(403, { code: "PERMISSION_DENIED", error: "Missing permission: plugins:install" }),
      "forbidden",
      /plugins:install/,
    ],
    [
      "403 of a scope",
      json(403, { success: false, code: "NAMESPACE_DENIED", message: "Access denied for namespace: @acme" }),
      "forbidden",
      /@acme\/hello/,
    ],
    ["a connection closed midway", hangUpMidway, "unreachable", /not known whether the host took the files/],
    ["half an answer", halfAnswer, "unreachable", /not known whether/],
    ["a web page", text(200, html, "text/html"), "refused", /web page/],
  ];
  for (const [what, reply, kind, words] of uploads) {
    it(`explains ${what} at an upload`, async () => {
      const error = await failing("POST /plugins/upload", reply, upload);
      assert.equal(error.kind, kind);
      assert.match(errorText(error), words);
      assert.notEqual(error.hostNow, undefined);
    });
  }

  it("says that everything is unloaded when a reload fails inside", async () => {
    const error = await failing(
      "POST /plugins/reload",
      json(500, { success: false, code: "INTERNAL_SERVER_ERROR", message: "x" }),
      reload,
    );
    assert.match(error.message, /all its plugins are unloaded/);
  });

  it("masks a token that the host repeats", async () => {
    const error = await failing("POST /plugins/reload", json(400, { message: `bad key ${token}` }), reload);
    assert.match(error.said ?? "", /bad key •••/);
  });

  it("sends nothing when the stored token can't be a key", async () => {
    const host = faulty.host({ token: async () => `${token}\nX-Other: 1` });
    const error = await hostError(Promise.resolve(host.list?.(signal)));
    assert.equal(error.kind, "unauthorised");
    assert.ok(!errorText(error).includes(token));
    assert.deepEqual(faulty.seen, []);
  });

  it("never sends the token to the address of a redirect or of a foreign API", async () => {
    const other = await faultyHost();
    faulty.replies.set("GET /plugins", text(307, "", "text/plain", { Location: `${other.url}/_/api/plugins` }));
    await hostError(Promise.resolve(faulty.host().list?.(signal)));
    faulty.replies.set("GET /.well-known/buntime", json(200, { api: `${other.url}/_/api` }));
    await hostError(Promise.resolve(faulty.host().list?.(signal)));
    faulty.replies.set("GET /.well-known/buntime", json(200, { api: "//other.example.org/api" }));
    await hostError(Promise.resolve(faulty.host().list?.(signal)));
    assert.deepEqual(other.seen, []);
    await other.stop();
  });

  it("sends key, Bearer and Origin on every request", async () => {
    await faulty.host().reload?.(signal);
    for (const headers of faulty.headers) {
      assert.equal(headers["x-api-key"], token);
      assert.equal(headers.authorization, `Bearer ${token}`);
      assert.equal(headers.origin, faulty.url);
    }
  });

  it("can be cancelled at each step, and says what the host has", async () => {
    for (const [at, now] of [
      ["GET /plugins", undefined],
      ["POST /plugins/upload", /does not have|not known/],
      ["POST /plugins/reload", /has the files/],
    ] as const) {
      const sound = faulty.replies.get(at);
      const stop = new AbortController();
      faulty.replies.set(at, (request) => {
        request.resume();
        faulty.replies.set(at, sound ?? silence);
        setImmediate(() => stop.abort());
      });
      const error = await hostError(
        deploy({ host: faulty.host(), plugin: await plugin(), archives: await temporary(), signal: stop.signal }),
      );
      assert.equal(error.kind, "cancelled", at);
      if (now !== undefined) assert.match(errorText(error), now);
    }
  });

  it("takes a plugin out again when the reload hangs on it", async () => {
    const gone = { now: false };
    faulty.replies.set("GET /plugins", (request, response) =>
      json(200, gone.now ? [] : [{ name: "@acme/hello", path: "/p", removable: true, source: "uploaded" }])(
        request,
        response,
      ),
    );
    faulty.replies.set("DELETE /plugins/%40acme%2Fhello", (request, response) => {
      gone.now = true;
      json(200, { success: true })(request, response);
    });
    faulty.replies.set("POST /plugins/reload", (request, response) =>
      (gone.now ? json(200, { ok: true, plugins: [] }) : silence)(request, response),
    );
    const host = faulty.host({ timeouts: { reload: 80 } });
    const { verdict } = await deploy({ host, plugin: await plugin(), archives: await temporary(), signal });
    assert.equal(verdict.state, "notLoaded");
    assert.equal(verdict.state === "notLoaded" && verdict.code, "buntime/reload-hung");
    assert.ok(faulty.seen.includes("DELETE /plugins/%40acme%2Fhello"));
  });

  it("takes nothing out after a failed reload where the system knows of no such harm", async () => {
    faulty.replies.set("POST /plugins/reload", json(500, { error: "restart failed" }));
    const { harmOf, ...host } = faulty.host();
    assert.ok(harmOf);
    const error = await hostError(deploy({ host, plugin: await plugin(), archives: await temporary(), signal }));
    assert.match(errorText(error), /the host has the files of "@acme\/hello" and was not reloaded/);
    assert.ok(!faulty.seen.some((request) => request.startsWith("DELETE")));
  });

  it("keeps a process alive that has nothing to do but wait for a host", async () => {
    const timers = () => process.getActiveResourcesInfo().filter((one) => one === "Timeout").length;
    const before = timers();
    const stop = new AbortController();
    let during = 0;
    faulty.replies.set("GET /plugins", () => {
      during = timers();
      stop.abort();
    });
    const error = await hostError(Promise.resolve(faulty.host().list?.(stop.signal)));
    // Other timers, such as those of kept connections, may end meanwhile; ours is there during the wait and gone after it.
    assert.deepEqual([error.kind, during > before, timers() < during], ["cancelled", true, true]);
  });

  it("throws HostError alone", async () => {
    const broken = faulty.host({ fetch: () => Promise.reject(new TypeError(`fetch failed for ${token}`)) });
    const error = await hostError(Promise.resolve(broken.list?.(signal)));
    assert.ok(error instanceof HostError);
    assert.ok(error.cause instanceof Error && !String(error.cause.stack).includes(token));
  });
});
