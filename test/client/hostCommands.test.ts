// Adding, changing and forgetting hosts, and signing out: what the settings and the secret storage hold after it.

import "./support/editor.js";

import assert from "node:assert/strict";
import { addHost, editHost, forgetHost } from "../../client/commands/hosts/addHost.js";
import { signOut } from "../../client/commands/hosts/signIn.js";
import type { HostConfig } from "../../client/ops/index.js";
import { appFor } from "./support/app.js";
import { editor } from "./support/editor.js";

const staging = { name: "staging", system: "buntime", url: "https://buntime.example.org", level: "shared" };
const other = { name: "other", system: "buntime", url: "https://other.example.org", level: "production" };
const connect = (config: HostConfig) => ({ config, list: async () => [] });

describe("rows of hosts in the settings", () => {
  beforeEach(() => editor.reset());

  it("get one more, in the workspace when there is none yet", async () => {
    editor.answers.push("Buntime", "https://new.example.org", "By Its Address Alone", "new", "Production");
    assert.equal(await addHost(appFor({ connect }).app), "new");
    const row = { name: "new", system: "buntime", url: "https://new.example.org", level: "production" };
    assert.deepEqual([editor.workspace.get("hosts"), editor.user.get("hosts")], [[row], undefined]);
  });

  it("get one more where they are: a list in the workspace would hide those of the user", async () => {
    editor.user.set("hosts", [other]);
    editor.answers.push(
      "Buntime",
      "https://new.example.org",
      "back",
      "https://new.example.org",
      "By Its Address Alone",
      "new",
      "Shared",
    );
    await addHost(appFor({ connect }).app);
    assert.equal(editor.workspace.get("hosts"), undefined);
    assert.deepEqual(namesIn("user"), ["other", "new"]);
  });

  it("are reached in a cluster too, without an address", async () => {
    editor.answers.push("Buntime", "", "In Pods of a Kubernetes Cluster", "team", "zomme", "cluster", "Shared");
    assert.equal(await addHost(appFor({ connect }).app), "cluster");
    const kubernetes = { context: "team", namespace: "zomme" };
    const row = { name: "cluster", system: "buntime", level: "shared", kubernetes };
    assert.deepEqual(editor.workspace.get("hosts"), [row]);
  });

  it("stay as they are when the user gives up", async () => {
    editor.answers.push("Buntime", "https://new.example.org", undefined);
    assert.equal(await addHost(appFor({ connect }).app), undefined);
    assert.equal(editor.workspace.size, 0);
  });

  it("are changed in place, with what they say besides", async () => {
    editor.workspace.set("hosts", [
      other,
      { ...staging, ca: "ca.pem" },
      { ...staging, url: "https://twin.example.org" },
    ]);
    editor.answers.push("Buntime", "https://moved.example.org", "By Its Address Alone", "moved", "Local");
    assert.equal(await editHost(appFor({ connect }).app, { host: "staging" }), "moved");
    assert.deepEqual(editor.workspace.get("hosts"), [
      other,
      { ...staging, name: "moved", url: "https://moved.example.org", level: "local", ca: "ca.pem" },
      { ...staging, url: "https://twin.example.org" },
    ]);
  });

  it("of another system are asked what that system's hosts have, and keep it when changed", async () => {
    const command = 'systemctl restart "metaflow ui"';
    editor.answers.push("Metaflow UI", "", "In a Directory of This Machine", "~/ui/installed");
    editor.answers.push("deploy/ui.env", command, "ui", "Shared");
    assert.equal(await addHost(appFor({ connect }).app), "ui");
    const row = {
      name: "ui",
      system: "metaflow",
      level: "shared",
      directory: "~/ui/installed",
      pluginsFile: "deploy/ui.env",
      restart: ["systemctl", "restart", "metaflow ui"],
    };
    assert.deepEqual(editor.workspace.get("hosts"), [row]);
    editor.answers.push("Metaflow UI", "https://ui.example.org", "In Pods of a Kubernetes Cluster", "", "ml", "app=ui");
    editor.answers.push("", "/plugins/installed", "back", "/installed", "deploy/ui.env", "", "ui", "Production");
    await editHost(appFor({ connect }).app, { host: "ui" });
    assert.deepEqual(editor.workspace.get("hosts"), [
      {
        name: "ui",
        system: "metaflow",
        url: "https://ui.example.org",
        level: "production",
        kubernetes: { namespace: "ml", selector: "app=ui", directory: "/installed" },
        pluginsFile: "deploy/ui.env",
      },
    ]);
  });

  it("are found by names with blanks around them, as they are read", async () => {
    editor.workspace.set("hosts", [{ ...staging, name: " staging " }]);
    editor.answers.push("Remove from Settings");
    await forgetHost(appFor({ connect }).app, { host: "staging" });
    assert.equal(editor.workspace.get("hosts"), undefined);
  });

  it("go one by one, and the last leaves no list behind that hides the user's", async () => {
    editor.user.set("hosts", [other]);
    editor.workspace.set("hosts", [staging]);
    const { app } = appFor({ connect });
    editor.answers.push("Remove from Settings");
    await forgetHost(app, { host: "staging" });
    assert.equal(editor.workspace.has("hosts"), false);
    assert.deepEqual(
      app.rows.all().map(({ name }) => name),
      ["other"],
    );
  });

  it("stay when the question is not answered", async () => {
    editor.workspace.set("hosts", [staging]);
    editor.answers.push(undefined);
    await forgetHost(appFor({ connect }).app, { host: "staging" });
    assert.deepEqual(namesIn("workspace"), ["staging"]);
  });

  it("don't hold the local host, which is neither changed nor forgotten", async () => {
    const { app } = appFor({ connect });
    app.rows.setLocal("http://127.0.0.1:4000");
    await editHost(app, { host: "local host" });
    await forgetHost(app, { host: "local host" });
    const text = '"local host" is not in the settings; it goes when it stops.';
    assert.deepEqual(editor.shown, [text, text]);
  });

  it("are not used or written in an untrusted workspace", async () => {
    editor.isTrusted = false;
    editor.workspace.set("hosts", [staging]);
    const { app } = appFor({ connect });
    assert.deepEqual(app.rows.all(), []);
    await addHost(app);
    await editHost(app, { host: "staging" });
    await forgetHost(app, { host: "staging" });
    assert.deepEqual(new Set(editor.shown), new Set(["Hosts are reached from trusted workspaces only."]));
    assert.deepEqual(namesIn("workspace"), ["staging"]);
  });
});

describe("signing out", () => {
  beforeEach(() => {
    editor.reset();
    editor.workspace.set("hosts", [staging, other]);
  });

  it("forgets the key of the host that is meant, and no other", async () => {
    const { app, keys } = appFor({ connect });
    await app.secrets.keep(staging.url, "a");
    await app.secrets.keep(other.url, "b");
    assert.equal(await signOut(app, { host: "staging" }), true);
    assert.deepEqual([...keys.values()], ["b"]);
    assert.match(editor.shown.at(-1) ?? "", /^The key of "staging" is forgotten here/);
  });

  it("asks which, among those that have a key", async () => {
    const { app, keys } = appFor({ connect });
    await app.secrets.keep(other.url, "b");
    editor.answers.push("other");
    assert.equal(await signOut(app, undefined), true);
    assert.deepEqual(editor.shown[0], "Sign Out: other");
    assert.equal(keys.size, 0);
  });

  it("takes no other host when the one that is meant has no key", async () => {
    const { app, keys } = appFor({ connect });
    await app.secrets.keep(other.url, "b");
    assert.equal(await signOut(app, { host: "staging" }), false);
    assert.equal(keys.size, 1);
    assert.deepEqual(editor.shown, ['No key of "staging" is kept here.']);
    editor.reset();
    assert.equal(await signOut(appFor({ connect }).app, undefined), false);
    assert.deepEqual(editor.shown, ["No key of a host is kept here."]);
  });
});

function namesIn(store: "user" | "workspace"): unknown {
  const rows = editor[store].get("hosts");
  return Array.isArray(rows) ? rows.map((row) => row.name) : rows;
}
