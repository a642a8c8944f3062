// Rows of settings, the table of adapters, and the generations of Buntime by what they answer.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { actionsOf, adapters, connect, parseHostConfigs, planPackage, writeArchive } from "../../client/ops/index.js";
import { SYSTEMS } from "../../server/service/index.js";
import { hostError } from "./support/errors.js";
import { type FaultyHost, faultyHost, json, text } from "./support/faultyHost.js";
import { plugin, removeTemporary, temporary } from "./support/places.js";

const signal = new AbortController().signal;

describe("rows of hosts", () => {
  it("reads a sound row; the address loses the API's path, loopback is local", () => {
    const { hosts, problems } = parseHostConfigs([
      { name: "a", system: "buntime", url: "https://buntime.example.org/_/api/" },
      { name: "b", system: "buntime", url: "http://127.0.0.1:8000", level: "production" },
      { name: "c", system: "buntime", url: "http://localhost:8000/" },
    ]);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      hosts.map((host) => [host.url, host.level]),
      [
        ["https://buntime.example.org", "shared"],
        ["http://127.0.0.1:8000", "production"],
        ["http://localhost:8000", "local"],
      ],
    );
  });

  it("names the row and the next step of each mistake, and keeps the other rows", () => {
    const { hosts, problems } = parseHostConfigs([
      { name: "ok", system: "buntime", url: "http://127.0.0.1:1" },
      { name: "ok", system: "buntime", url: "http://127.0.0.1:2" },
      { system: "buntime", url: "http://127.0.0.1:1" },
      { name: "x", system: "buntme", url: "http://127.0.0.1:1" },
      { name: "t", system: "buntime", url: "http://127.0.0.1:1", token: "hush-hush" },
      { name: "u", system: "buntime", url: "https://me:hush-hush@buntime.example.org" },
      { name: "f", system: "buntime", url: "file:///x" },
      { name: "n", system: "buntime" },
      { name: "l", system: "buntime", url: "http://127.0.0.1:1", level: "prod" },
      "row",
    ]);
    assert.deepEqual(
      hosts.map((host) => host.name),
      ["ok"],
    );
    assert.deepEqual([...new Set(problems.map((problem) => problem.row))], [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    assert.ok(!JSON.stringify(problems).includes("hush-hush"));
    assert.deepEqual(parseHostConfigs({}).problems[0]?.row, -1);
    assert.deepEqual(parseHostConfigs(undefined), { hosts: [], problems: [] });
  });
});

describe("fields that only one system's hosts have", () => {
  it("are read by that system's row, paths relative to the settings' folder", () => {
    const base = path.resolve("/project");
    const { hosts, problems } = parseHostConfigs(
      [
        { name: "ui", system: "metaflow", pluginsFile: "deploy/ui.env", restart: ["systemctl", "restart", "ui"] },
        { name: "volume", system: "buntime", directory: "plugins" },
        { name: "mine", system: "buntime", directory: "~/plugins" },
        { name: "other", system: "buntime", url: "http://127.0.0.1:1", pluginsFile: "deploy/ui.env" },
      ],
      base,
    );
    assert.deepEqual(problems, []);
    assert.deepEqual(
      hosts.map((host) => host.own),
      [
        { pluginsFile: path.join(base, "deploy/ui.env"), restart: ["systemctl", "restart", "ui"] },
        undefined,
        undefined,
        undefined,
      ],
    );
    assert.deepEqual(
      hosts.map((host) => host.directory),
      [undefined, path.join(base, "plugins"), path.join(homedir(), "plugins"), undefined],
    );
  });

  it("that are wrong are told of with an example", () => {
    const { hosts, problems } = parseHostConfigs([
      { name: "a", system: "metaflow", url: "http://127.0.0.1:1", restart: "systemctl restart ui" },
      { name: "b", system: "metaflow", url: "http://127.0.0.1:1", pluginsFile: 3 },
      { name: "c", system: "metaflow" },
    ]);
    assert.deepEqual(hosts, []);
    const [restart, file, place] = problems.map(({ message }) => message);
    assert.match(restart ?? "", /list of a program and its arguments; write for example \["docker"/);
    assert.match(file ?? "", /"pluginsFile" that is no path/);
    assert.match(place ?? "", /"kubernetes", "directory" or "pluginsFile"/);
  });

  it("stand in the settings' schema with the same words", () => {
    const manifest: unknown = JSON.parse(readFileSync("package.json", "utf8"));
    for (const { key, takes, about } of adapters.flatMap((row) => row.fields ?? [])) {
      const shown = JSON.stringify(manifest);
      assert.ok(shown.includes(`"description":${JSON.stringify(about)}`), `${key} (${takes}) is not in package.json`);
    }
  });
});

describe("the table of adapters", () => {
  it("has a row for each system, and a host without methods offers nothing", () => {
    assert.deepEqual(adapters.map((row) => row.system).sort(), SYSTEMS.map(({ id }) => id).sort());
    assert.deepEqual(actionsOf({ config: { name: "o", system: "openjourney", level: "local" } }), []);
    assert.ok(
      actionsOf(connect({ name: "b", system: "buntime", level: "local", url: "http://127.0.0.1:1" })).includes(
        "upload",
      ),
    );
  });
});

describe("generations of Buntime", () => {
  let faulty: FaultyHost;
  const missing = text(404, "Not Found", "application/octet-stream");

  beforeEach(async () => {
    faulty = await faultyHost();
  });
  afterEach(async () => {
    await faulty.stop();
    await removeTemporary();
  });

  const older = (keys: boolean) => {
    faulty.replies.set("GET /admin/session", missing);
    faulty.replies.set("GET /keys/meta", keys ? json(200, {}) : missing);
  };
  const shipment = async () =>
    writeArchive(await planPackage(await plugin()), { file: path.join(await temporary(), "a.tgz") });

  it("knows the newest by its session, with or without a principal", async () => {
    assert.equal((await faulty.host().describe?.(signal))?.title, "Buntime v0.4 or newer");
    faulty.replies.set("GET /admin/session", json(401, { code: "AUTH_REQUIRED", error: "Unauthorized" }));
    assert.equal((await faulty.host().describe?.(signal))?.title, "Buntime v0.4 or newer");
  });

  it("finds the API of a host without discovery", async () => {
    faulty.replies.set("GET /.well-known/buntime", missing);
    faulty.replies.set("GET /health", json(200, { ok: true, status: "healthy", version: "1.1.0" }));
    await faulty.host().describe?.(signal);
    assert.ok(faulty.seen.includes("GET /plugins"));
    faulty.replies.delete("GET /health");
    faulty.replies.set("GET /api/health", json(200, { ok: true, status: "healthy", version: "1.1.0" }));
    faulty.replies.set("GET /api/plugins", json(200, []));
    await faulty.host().describe?.(signal);
    assert.ok(faulty.seen.includes("GET /api/plugins"));
    faulty.replies.delete("GET /api/health");
    assert.equal((await hostError(Promise.resolve(faulty.host().describe?.(signal)))).kind, "missing");
  });

  it("refuses to upload to the oldest and names the way by copying; nothing is sent", async () => {
    older(false);
    const error = await hostError(Promise.resolve(faulty.host().upload?.(await shipment(), signal)));
    assert.equal(error.kind, "unsupported");
    assert.match(error.next, /add "kubernetes" or "directory"/);
    assert.ok(!faulty.seen.includes("POST /plugins/upload"));
  });

  it("removes by the folder that v0.2.26 lists, fully encoded", async () => {
    older(true);
    faulty.replies.set(
      "GET /plugins",
      json(200, [
        { name: "@acme/hello", path: "/p/@acme/hello" },
        { name: ".buntime", path: "/p/.buntime" },
      ]),
    );
    faulty.replies.set("DELETE /plugins/%40acme%2Fhello", json(200, { success: true }));
    assert.deepEqual(await faulty.host().remove?.("@acme/hello", signal), {
      name: "@acme/hello",
      key: "@acme/hello",
      gone: true,
    });
    const error = await hostError(Promise.resolve(faulty.host().remove?.(".buntime", signal)));
    assert.match(error.message, /hidden folder/);
  });

  it("does not send a harmful key even when the host lists it", async () => {
    older(true);
    for (const key of ["..", "@acme/", "../victim", "@acme", "a/b"]) {
      faulty.replies.set("GET /plugins", json(200, [{ name: key, path: "/p" }]));
      assert.equal((await hostError(Promise.resolve(faulty.host().remove?.(key, signal)))).kind, "refused", key);
    }
    assert.ok(!faulty.seen.some((line) => line.startsWith("DELETE")));
  });

  it("does not remove what is built in, and says that an upload of that name never takes effect", async () => {
    faulty.replies.set(
      "GET /plugins",
      json(200, [{ name: "@acme/hello", path: "/b", removable: false, source: "built-in" }]),
    );
    faulty.replies.set(
      "GET /plugins/loaded",
      json(200, [{ name: "@acme/hello", dependencies: [], optionalDependencies: [], menus: [] }]),
    );
    assert.match(
      (await hostError(Promise.resolve(faulty.host().remove?.("@acme/hello", signal)))).message,
      /built into/,
    );
    const findings = await faulty.host().check?.(await shipment(), signal);
    assert.deepEqual(
      findings?.map((item) => item.code),
      ["buntime/name-of-built-in"],
    );
    const verdict = await faulty.host().verify?.(await shipment(), { scanned: [], milliseconds: 1 }, signal);
    assert.equal(verdict?.state === "notLoaded" && verdict.code, "buntime/name-of-built-in");
  });

  it("tells before sending that the key may not", async () => {
    const principal = { name: "ci", role: "editor", namespaces: ["@other"], permissions: [] };
    faulty.replies.set("GET /admin/session", json(200, { authenticated: true, principal }));
    const findings = await faulty.host().check?.(await shipment(), signal);
    assert.deepEqual(
      findings?.map((item) => item.code),
      ["buntime/key-insufficient"],
    );
  });
});
