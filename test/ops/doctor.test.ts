// What "doctor" finds out of a host, and that it says it without a credential.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmod, readFile } from "node:fs/promises";
import { createServer, type Server } from "node:https";
import path from "node:path";
import { type Check, connect, doctorText, examine, type HostConfig, type HostIo } from "../../client/ops/index.js";
import { certificates } from "./support/certificates.js";
import { type FaultyHost, faultyHost, json, token } from "./support/faultyHost.js";
import { removeTemporary, temporary, write } from "./support/places.js";
import { skipAloud } from "./support/skipping.js";

const signal = new AbortController().signal;

describe("doctor", () => {
  let faulty: FaultyHost;
  let server: Server | undefined;

  beforeEach(async () => {
    faulty = await faultyHost();
  });
  afterEach(async () => {
    server?.closeAllConnections();
    server?.close();
    server = undefined;
    await faulty.stop();
    await removeTemporary();
  });

  const ask = async (config: Partial<HostConfig>, io: HostIo = {}, now?: () => Date) => {
    const full: HostConfig = { name: "it", system: "buntime", level: "shared", ...config };
    const host = connect(full, { token: async () => token, ...io });
    const checks = await examine({ host, io: { token: async () => token, ...io }, signal, ...(now ? { now } : {}) });
    assert.ok(!JSON.stringify(checks).includes(token) && !doctorText(host, checks).includes(token));
    return {
      checks,
      text: doctorText(host, checks),
      of: (name: string) => checks.find((check) => check.name === name),
    };
  };
  const states = (checks: readonly Check[]) => checks.map(({ name, state }) => `${name}: ${state}`);

  it("finds a sound host in order, and says what can be done with it", async () => {
    const { checks, of, text } = await ask({ url: faulty.url });
    assert.deepEqual(
      states(checks).filter((line) => !line.endsWith("good")),
      [],
    );
    assert.match(of("address")?.detail ?? "", /answers with status \d+ in \d+ ms/);
    assert.match(of("clock")?.detail ?? "", /agree within/);
    assert.match(of("sign-in")?.detail ?? "", /a key is known/);
    assert.match(of("can")?.detail ?? "", /list, upload, reload/);
    assert.match(text, /nothing stands against working with this host\n$/);
  });

  it("tells a clock that is off, and a key that is not accepted", async () => {
    const later = () => new Date(Date.now() + 3_600_000);
    const { of } = await ask({ url: faulty.url }, {}, later);
    assert.match(of("clock")?.detail ?? "", /the host's clock is 3[56]\d\d s behind ours/);
    faulty.replies.set("GET /plugins", json(401, { code: "AUTH_REQUIRED", error: `bad key ${token}` }));
    const refused = await ask({ url: faulty.url });
    assert.deepEqual([refused.of("sign-in")?.state, refused.of("version")], ["bad", undefined]);
    assert.match(refused.text, /BAD .*sign-in/);
    assert.match(refused.text, /→ sign in again/);
  });

  it("tells an address where nothing listens, and goes on", async () => {
    await faulty.stop();
    const { of } = await ask({ url: faulty.url, directory: await temporary() });
    assert.deepEqual([of("address")?.state, of("version")?.state, of("directory")?.state], ["bad", "bad", "good"]);
    assert.match(of("address")?.detail ?? "", /nothing listens/);
    faulty = await faultyHost();
  });

  it("looks at directories and programs", async () => {
    const folder = await temporary();
    execFileSync("git", ["init", "-q", folder]);
    const fake = await write(await temporary(), { sky: "#!/bin/sh\necho skypilot, version 0.13.0\n" });
    await chmod(path.join(fake, "sky"), 0o755);
    const executables = { sky: path.join(fake, "sky"), python: "/nowhere/python" };
    const { of } = await ask({ system: "skypilot", directory: folder }, { executables });
    assert.deepEqual(
      [of("directory")?.state, of("sky")?.state, of("python")?.state],
      ["attention", "good", "attention"],
    );
    assert.match(of("directory")?.detail ?? "", /lies in the git checkout/);
    assert.match(of("sky")?.detail ?? "", /skypilot, version 0\.13\.0/);
    assert.match(of("python")?.next ?? "", /plugsmith\.executables\.python/);
    const missing = await ask({ directory: path.join(folder, "none") });
    assert.match(missing.of("directory")?.detail ?? "", /is not there/);
  });

  it("reads the certificate: trusted or not, expired or nearly", async function () {
    const folder = await temporary();
    if (certificates(folder) === undefined) return skipAloud(this, "openssl is not here, which makes the certificates");
    const [key, cert] = [
      await readFile(path.join(folder, "server.key")),
      await readFile(path.join(folder, "server.pem")),
    ];
    server = createServer({ key, cert }, (_request, response) => response.end("{}"));
    await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const url = `https://localhost:${typeof address === "object" && address !== null ? address.port : 0}`;
    const ca = path.join(folder, "ca.pem");
    const told = async (more: Partial<HostConfig>, days: number) => {
      const { of } = await ask({ url, ...more }, {}, () => new Date(Date.now() + days * 86_400_000));
      return `${of("certificate")?.state}: ${of("certificate")?.detail}`;
    };
    assert.match(await told({}, 0), /^bad: of localhost, signed by authority, until .*not trusted here/);
    assert.match(await told({ ca }, 0), /^attention: .* 1 days left/);
    assert.match(await told({ ca }, -60), /^good: /);
    assert.match(await told({ ca }, 30), /^bad: .*it has expired/);
  });
});
