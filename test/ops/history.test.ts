// The local record of what was sent: whose it is, what of it is kept, and what a full disk or an end in the middle leaves of it.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";
import { type LedgerHost, openLedger } from "../../client/ops/index.js";
import { fullDisk } from "./contract/faultyDisk.js";
import { hostError } from "./support/errors.js";
import { removeTemporary, temporary } from "./support/places.js";

describe("the history", () => {
  afterEach(removeTemporary);
  const digest = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 8);
  const at = { name: "local", system: "buntime", url: "http://127.0.0.1:1" } as const;
  const shipment = async (version: string, bytes: number) => {
    const file = path.join(await temporary(), "x.tgz");
    await writeFile(file, Buffer.alloc(bytes, version));
    const digest = Buffer.from(version.padEnd(32, "0")).toString("hex");
    return {
      system: "buntime",
      name: "x",
      version,
      path: file,
      bytes,
      sha256: digest,
      contents: digest,
      entries: [],
    } as const;
  };

  it("keeps so many bundles as the setting says, whatever it says later", async () => {
    const folder = await temporary();
    let keep = 4;
    const ledger = openLedger(folder, { keep: () => keep });
    const add = async (version: string) =>
      ledger.record(at, "x", { action: "deploy", result: "sent", shipment: await shipment(version, 10) });
    const { bundle } = await add("0");
    assert.ok(bundle);
    const [orphan, place] = ["of-a-killed-writer.tgz", path.dirname(ledger.bundle(await add("1")) ?? "")];
    await writeFile(path.join(place, orphan), "");
    await utimes(path.join(place, orphan), 0, 0);
    for (const version of ["2", "3", "4", "5"]) await add(version);
    assert.ok(!(await readdir(place)).some((name) => name === orphan || name === bundle));
    const kept = async () => (await ledger.history(at, "x")).flatMap((one) => (one.bundle ? [one.version] : []));
    assert.deepEqual(await kept(), ["5", "4", "3", "2"]);
    keep = 2;
    await add("6");
    assert.deepEqual(await kept(), ["6", "5"]);
    assert.equal((await ledger.history(at, "x")).length, 7);
  });

  it("stays within its bytes in total: the oldest bundles go, the newest stays", async () => {
    const folder = await temporary();
    const ledger = openLedger(folder, { maxBytes: 250 });
    for (const name of ["a", "b", "c", "d"]) {
      await ledger.record(at, name, { action: "deploy", result: "sent", shipment: await shipment(name, 100) });
    }
    const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".tgz"));
    const sizes = await Promise.all(files.map(async (file) => (await stat(path.join(folder, file))).size));
    assert.ok(sizes.reduce((sum, size) => sum + size, 0) <= 250);
    assert.notEqual((await ledger.history(at, "d"))[0]?.bundle, undefined);
    assert.equal((await ledger.history(at, "a"))[0]?.bundle, undefined);
  });

  it("says the same of all hosts and plugins at once", async () => {
    const ledger = openLedger(await temporary());
    const other = { ...at, url: "http://127.0.0.1:2" };
    assert.deepEqual(await (await ledger.snapshot()).history(at, "a"), []);
    for (const [host, name] of [
      [at, "a"],
      [other, "a"],
      [at, "b"],
      [at, "a"],
    ] as const)
      await ledger.record(host, name, { action: "deploy", result: "sent", shipment: await shipment(name, 10) });
    const now = await ledger.snapshot();
    await ledger.record(at, "a", { action: "remove", result: "removed" });
    for (const [host, name, count] of [
      [at, "a", 2],
      [other, "a", 1],
      [at, "b", 1],
      [other, "b", 0],
    ] as const) {
      const sent = (await ledger.history(host, name)).filter(({ action }) => action === "deploy");
      assert.equal(sent.length, count);
      assert.deepEqual(await now.history(host, name), sent);
    }
    assert.deepEqual(await now.previous(other, "a"), await ledger.previous(other, "a"));
  });

  it("is that of a host, whatever its row is called and whichever of address and place a row says", async () => {
    const ledger = openLedger(await temporary());
    const pods = { kubernetes: { context: "c", namespace: "n" } };
    const [there, elsewhere] = ["https://a.example.org", "https://b.example.org"];
    await ledger.record({ ...at, ...pods, url: there }, "x", { action: "deploy", result: "sent" });
    await ledger.record({ ...at, url: there }, "x", { action: "remove", result: "removed" });
    const seen = async (host: Partial<LedgerHost>) =>
      (await ledger.history({ name: "renamed", system: "buntime", ...host }, "x")).map(({ action }) => action);
    const rows: readonly (readonly [Partial<LedgerHost>, readonly string[]])[] = [
      [{ url: there }, ["remove", "deploy"]],
      [{ url: there, ...pods }, ["remove", "deploy"]],
      [{ ...pods, kubernetes: { ...pods.kubernetes, container: "c", directory: "/d" } }, ["deploy"]],
      [{ url: there, directory: "/plugins" }, ["remove"]],
      [{ name: "local", url: elsewhere }, []],
      [{ url: elsewhere, ...pods }, []],
      [{ kubernetes: { context: "c", namespace: "other" } }, []],
      [{ system: "metaflow", url: there }, []],
      [{ name: "local" }, []],
    ];
    for (const [host, actions] of rows) assert.deepEqual(await seen(host), actions, JSON.stringify(host));
  });

  it("loses nothing that two processes note down at once, nor waits for one that was killed", async () => {
    const machine = createHash("sha256").update(hostname()).digest("hex").slice(0, 8);
    for (let round = 0; round < 10; round++) {
      const folder = await temporary();
      await writeFile(path.join(folder, "writing"), `999999999-${machine}-0123456789ab`);
      const ledgers = Array.from({ length: 4 }, () => openLedger(folder));
      const turns = [1, 2, 3].flatMap(() => ledgers);
      await Promise.all(turns.map((one) => one.record(at, "x", { action: "enable", result: "switched" })));
      assert.equal((await openLedger(folder).history(at, "x")).length, turns.length);
      assert.equal((await readdir(folder)).length, 1);
    }
  });

  it("takes over what earlier versions kept under the names of rows", async () => {
    const folder = await temporary();
    const ledger = openLedger(folder);
    const result = "sent";
    const url = at.url;
    for (const [host, sent] of [
      ["local", { url }],
      ["127.0.0.1:1", { url }],
      ["moved", { url: "http://127.0.0.1:2" }],
      ["pods", {}],
    ] as const) {
      const bundle = `${digest(host)}.tgz`;
      const place = path.join(folder, `${host.replace(/[.:]/g, "-")}-${digest(host)}`, `x-${digest("x")}`);
      const entry = { id: host, at: "2026-01-01T00:00:00.000Z", host, plugin: "x", action: "deploy", result, ...sent };
      await mkdir(place, { recursive: true });
      await writeFile(path.join(place, bundle), host);
      await writeFile(path.join(place, "history.json"), JSON.stringify([{ ...entry, sha256: host, bundle }]));
    }
    const host = { ...at, name: "renamed" };
    const ids = async (of: LedgerHost) => (await ledger.history(of, "x")).map(({ id }) => id).sort();
    assert.deepEqual(await ids(host), ["127.0.0.1:1", "local"]);
    const pods = { name: "pods", system: "buntime", kubernetes: {} } as const;
    await ledger.record(host, "x", { action: "enable", result: "switched" });
    await ledger.record(pods, "x", { action: "enable", result: "switched" });
    const old = (await ids(host)).filter((id) => !id.includes("-"));
    assert.deepEqual(old, ["127.0.0.1:1", "local"]);
    const now = [...(await ledger.history(host, "x")), ...(await ledger.history({ ...pods, name: "renamed" }, "x"))];
    const kept = now.filter(({ bundle }) => bundle !== undefined);
    assert.deepEqual(kept.map(({ id }) => id).sort(), ["127.0.0.1:1", "local", "pods"]);
    for (const entry of kept) assert.ok(existsSync(ledger.bundle(entry) ?? ""));
    assert.equal((await readdir(folder)).length, 3);
  });

  it("is the old one or the new one on a disk that fills up at any change, and goes on when there is room", async () => {
    const folder = await temporary();
    const ledger = openLedger(folder);
    const of = { action: "deploy", result: "verified" } as const;
    const [first, next] = [await shipment("1", 10), await shipment("2", 10)];
    await ledger.record(at, "x", { ...of, shipment: first });
    for (let [nth, isFull] = [1, true]; isFull; nth += 1) {
      const before = (await ledger.history(at, "x")).length;
      const disk = fullDisk(nth);
      const recording = ledger.record(at, "x", { ...of, shipment: next });
      const failed = await recording.then(() => undefined).catch(() => hostError(recording));
      disk.end();
      isFull = disk.count() >= nth;
      assert.equal(failed?.step, isFull && failed ? "history" : undefined);
      const now = await ledger.history(at, "x");
      assert.equal(now.length, failed === undefined ? before + 1 : before, `disk full at change ${nth}`);
      for (const entry of now) assert.ok(existsSync(ledger.bundle(entry) ?? ""), `disk full at change ${nth}`);
      assert.ok(isFull || nth > 2, "nothing was written");
    }
    assert.deepEqual(
      (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".part")),
      [],
    );
  });

  it("offers no bundle whose file is gone", async () => {
    const folder = await temporary();
    const ledger = openLedger(folder);
    const entry = await ledger.record(at, "x", { action: "deploy", result: "sent", shipment: await shipment("1", 10) });
    const file = ledger.bundle(entry);
    assert.ok(file);
    await rm(file);
    assert.equal((await ledger.history(at, "x"))[0]?.bundle, undefined);
  });
});
