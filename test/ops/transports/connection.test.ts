// How a host is reached over HTTP: headers of its row, authorities and certificates of the user's own, and what must never be said.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import path from "node:path";
import { TLSSocket } from "node:tls";
import { connect, errorText, type HostConfig, parseHostConfigs } from "../../../client/ops/index.js";
import { certificates } from "../support/certificates.js";
import { hostError } from "../support/errors.js";
import { faultyHost, json } from "../support/faultyHost.js";
import { removeTemporary, temporary } from "../support/places.js";
import { skipAloud } from "../support/skipping.js";

const signal = new AbortController().signal;
const planted = "planted-header-0123456789";

describe("headers of a row", () => {
  it("that hold a credential have to take it from a variable", () => {
    const row = (headers: unknown) =>
      parseHostConfigs([{ name: "a", system: "buntime", url: "http://127.0.0.1:1", headers }]);
    assert.deepEqual(row({ "X-Team": "docs", "X-Gate-Token": "\u0024{env:GATE}" }).hosts[0]?.headers, {
      "X-Team": "docs",
      "X-Gate-Token": "\u0024{env:GATE}",
    });
    const wrong: readonly (readonly [unknown, RegExp])[] = [
      [{ Cookie: planted }, /holds a credential in the header "Cookie"; write "\$\{env:NAME\}"/],
      [{ "X Y": "1" }, /no name of a header/],
      [{ "X-Y": 1 }, /not one line of text/],
      [{ "X-Y": "1\r\nX-Z: 2" }, /not one line of text/],
      [{ Host: "elsewhere.example.org" }, /belongs to the connection/],
      ["X-Y: 1", /not an object/],
    ];
    for (const [headers, words] of wrong) {
      const { hosts, problems } = row(headers);
      assert.deepEqual(hosts, []);
      assert.match(problems[0]?.message ?? "", words);
      assert.ok(!JSON.stringify(problems).includes(planted));
    }
  });

  it("go with every request, and their secrets into no text", async () => {
    const host = await faultyHost();
    host.replies.set("GET /.well-known/buntime", json(500, { error: `no ${planted} here` }));
    const config: HostConfig = {
      name: "gated",
      system: "buntime",
      level: "local",
      url: host.url,
      headers: { "X-Gate-Token": "t \u0024{env:GATE}" },
    };
    const error = await hostError(connect(config, { env: { GATE: planted } }).list?.(signal) ?? Promise.resolve());
    assert.equal(host.headers[0]?.["x-gate-token"], `t ${planted}`);
    assert.ok(!errorText(error).includes(planted) && !JSON.stringify(error).includes(planted));
    const before = host.seen.length;
    const unset = await hostError(connect(config, { env: {} }).list?.(signal) ?? Promise.resolve());
    assert.match(unset.message, /takes its value from the variable GATE, which is not set; nothing was sent/);
    assert.equal(host.seen.length, before);
    await host.stop();
  });
});

describe("files for TLS", () => {
  let server: Server | undefined;
  afterEach(async () => {
    server?.closeAllConnections();
    server?.close();
    server = undefined;
    await removeTemporary();
  });

  it("are named by paths; their content is refused", () => {
    const row = (more: object) =>
      parseHostConfigs([{ name: "a", system: "buntime", url: "https://a.example.org", ...more }], "/base");
    const [host] = row({ ca: "ca.pem", cert: "/c.pem", certKey: "~/k.pem" }).hosts;
    assert.deepEqual([host?.ca, host?.cert], [path.resolve("/base/ca.pem"), "/c.pem"]);
    assert.match(
      row({ ca: "-----BEGIN CERTIFICATE-----" }).problems[0]?.message ?? "",
      /content of a PEM file in "ca"/,
    );
    assert.match(row({ certKey: "k.pem" }).problems[0]?.message ?? "", /"certKey" without a "cert"/);
  });

  it("let a host of an authority of one's own be trusted, and show it a certificate", async function () {
    const folder = await temporary();
    const files = certificates(folder);
    if (files === undefined) return skipAloud(this, "openssl is not here, which makes the certificates");
    const seen: string[] = [];
    const read = (name: string) => readFileSync(path.join(folder, name));
    const options = {
      key: read("server.key"),
      cert: read("server.pem"),
      ca: read("ca.pem"),
      requestCert: true,
      rejectUnauthorized: false,
    };
    server = createServer(options, (request, response) => {
      const { socket } = request;
      const shown =
        socket instanceof TLSSocket && socket.authorized ? socket.getPeerCertificate().subject.CN : "nobody";
      seen.push(String(shown));
      response.end("{}");
    });
    await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const config: HostConfig = { name: "tls", system: "skypilot", level: "local", url: `https://localhost:${port}` };
    const ask = async (more: Partial<HostConfig>) =>
      hostError(connect({ ...config, system: "buntime", ...more }).list?.(signal) ?? Promise.resolve());
    assert.match((await ask({})).message, /certificate of localhost:\d+ is not trusted/);
    await ask({ ca: path.join(folder, "ca.pem") });
    await ask({
      ca: path.join(folder, "ca.pem"),
      cert: path.join(folder, "client.pem"),
      certKey: path.join(folder, "client.key"),
    });
    assert.deepEqual([...new Set(seen)], ["nobody", "plugin author"]);
    assert.match((await ask({ ca: path.join(folder, "none.pem") })).message, /ca file "none.pem" can't be read/);
    assert.match(
      (await ask({ cert: path.join(folder, "client.pem") })).message,
      /certKey file "client.pem" holds no key/,
    );
  });
});
