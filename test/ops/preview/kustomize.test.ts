// Rendering with the genuine kubectl, over real folders: what editors hold counts, origins lead to files, errors are plain.
// Without kubectl on this machine these tests say so and are skipped.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  diffWithCluster,
  errorText,
  HostError,
  objectsIn,
  type ProcessRequest,
  type ProcessResult,
  type Rendered,
  renderKustomization,
} from "../../../client/ops/index.js";
import { copyOf } from "../../../client/ops/preview/kustomizeCopy.js";
import { type Cluster, skipWithoutKubectl, startCluster } from "../support/cluster/index.js";
import { hostError } from "../support/errors.js";
import { removeTemporary, temporary, write } from "../support/places.js";

const deployment = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n";

describe("a rendering's programs", () => {
  const asked: ProcessRequest[] = [];
  const rendering = (answer: (request: ProcessRequest) => Promise<ProcessResult>) => {
    const signal = new AbortController().signal;
    const request = { folder: tmpdir(), outsideFiles: false, unsaved: new Map<string, string>(), signal };
    const run = (one: ProcessRequest) => {
      asked.push(one);
      return answer(one);
    };
    return renderKustomization(request, { run });
  };
  const missing = ({ step, command }: ProcessRequest) =>
    new HostError({ kind: "tool", step, message: `${command} was not found: x`, next: `install ${command}` });
  beforeEach(() => void asked.splice(0));

  it("have a minute each and bounds for what they write, and can be cancelled", async () => {
    await rendering(async () => ({ code: 0, out: deployment, err: "" }));
    assert.equal(asked.length, 2);
    for (const { timeout, maxBytes, signal, cwd, env } of asked) {
      assert.deepEqual([timeout, maxBytes, env], [60_000, 32 * 1024 * 1024, undefined]);
      assert.ok(signal instanceof AbortSignal && cwd !== undefined);
    }
  });
  it("are kustomize where there is no kubectl, and kubectl is what to install where there is neither", async () => {
    const kustomize = await rendering(async (request) => {
      if (request.command === "kubectl") throw missing(request);
      return { code: 0, out: deployment, err: "" };
    });
    assert.equal(kustomize.tool, "kustomize build");
    assert.deepEqual(asked.filter(({ command }) => command === "kustomize")[0]?.args.slice(0, 1), ["build"]);
    const neither = rendering(async (request) => {
      throw missing(request);
    });
    assert.match(errorText(await hostError(neither)), /^kubectl was not found.*install kubectl/s);
  });
  it("are told of as late when they are", async () => {
    const late = rendering(async ({ step, command }) => {
      throw new HostError({ kind: "tool", step, message: `${command} took longer than a minute`, next: "x" });
    });
    await assert.rejects(late, /took longer/);
    assert.ok(asked.every(({ command }) => command === "kubectl"));
  });
});

describe("comparing with the cluster", () => {
  const compare = (code: number, out: string, err: string) => {
    const asked: string[][] = [];
    const run = async ({ command, args }: { readonly command: string; readonly args: readonly string[] }) => {
      asked.push([command, ...args]);
      return { code, out, err };
    };
    const request = { text: deployment, folder: "/x", signal: new AbortController().signal };
    return { asked, answer: diffWithCluster(request, { run }) };
  };
  it("answers what kubectl diff says, also when it is nothing", async () => {
    const { asked, answer } = compare(1, "--- a\n+++ b\n", "");
    assert.equal(await answer, "--- a\n+++ b\n");
    assert.deepEqual(asked, [["kubectl", "diff", "-f", "-"]]);
    assert.equal(await compare(0, "", "").answer, "");
  });
  it("says why it can't", async () => {
    const refused = compare(2, "", "error: no configuration has been provided");
    await assert.rejects(refused.answer, /can't compare with the cluster/);
    const lacking = compare(2, "", 'error: failed to run "diff": exec: "diff": executable file not found in $PATH');
    assert.match(errorText(await hostError(lacking.answer)), /install the program "diff"/);
  });
});

describe("comparing with a cluster by the genuine kubectl", () => {
  let cluster: Cluster;
  before(async function () {
    await skipWithoutKubectl(this);
    cluster = await startCluster({ workloads: [] });
  });
  after(async () => {
    await cluster?.stop();
    await removeTemporary();
  });
  const settings = (value: string, name = "settings") =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: default\ndata:\n  level: ${value}\n`;
  const compare = async (text: string) =>
    diffWithCluster({ text, folder: await temporary(), signal: new AbortController().signal }, { run: cluster.run });

  it("tells what would be new and what would change, and changes nothing", async () => {
    const [kind, apiVersion] = ["ConfigMap", "v1"];
    const annotations = { "example.org/owner": "ann" };
    const metadata = { name: "settings", namespace: "default", annotations };
    cluster.put({ kind, apiVersion, metadata, data: { level: "info" } });
    const version = cluster.objects.version();
    assert.equal(await compare(`# A head.\n${settings("info")}`), "");
    const difference = await compare(`${settings("debug")}---\n${settings("info", "more")}`);
    assert.match(difference, /^--- v1\.ConfigMap\.default\.settings \(cluster\)$/m);
    assert.match(difference, /^\+\+\+ v1\.ConfigMap\.default\.settings \(rendered\)$/m);
    assert.doesNotMatch(difference, /LIVE|MERGED/);
    assert.match(difference, /^-\s+level: info$/m);
    assert.match(difference, /^\+\s+level: debug$/m);
    assert.match(difference, /^\+\s+name: more$/m);
    assert.equal(cluster.objects.version(), version);
  });
  it("says what the cluster says when it refuses", async () => {
    cluster.fault(/configmaps/, "forbidden", 20);
    const error = await hostError(compare(settings("debug")));
    assert.match(errorText(error), /can't compare with the cluster \(it said: [\s\S]*forbidden/);
  });
});

describe("rendering a kustomization", () => {
  before(function () {
    try {
      execFileSync("kubectl", ["version", "--client"], { stdio: "ignore" });
    } catch {
      console.log("      skipped: kubectl is not on this machine");
      this.skip();
    }
  });
  afterEach(removeTemporary);

  const render = (folder: string, unsaved: Readonly<Record<string, string>> = {}, outsideFiles = false) =>
    renderKustomization(
      {
        folder,
        outsideFiles,
        unsaved: new Map(Object.entries(unsaved).map(([name, text]) => [path.resolve(folder, name), text])),
        signal: new AbortController().signal,
      },
      {},
    );
  const good = (rendered: Rendered) => {
    if (!rendered.ok) throw new Error(rendered.message);
    return rendered;
  };
  const project = () =>
    temporary().then((folder) =>
      write(folder, {
        "base/kustomization.yaml": "resources: [web.yaml]\nconfigMapGenerator:\n- name: settings\n  literals: [A=1]\n",
        "base/web.yaml": deployment,
        "overlay/kustomization.yaml": "namePrefix: a-\nresources: [../base]\n",
      }),
    );

  it("says from which file each object came", async () => {
    const folder = await project();
    const { text, origins, tool } = good(await render(path.join(folder, "overlay")));
    assert.equal(tool, "kubectl kustomize");
    assert.doesNotMatch(text, /origin/);
    const found = objectsIn(text).map(({ key, kind, name }) => [kind, name.replace(/-\w{10}$/, ""), origins.get(key)]);
    assert.deepEqual(found, [
      ["ConfigMap", "a-settings", { path: path.join(folder, "base/kustomization.yaml"), by: "ConfigMapGenerator" }],
      ["Deployment", "a-web", { path: path.join(folder, "base/web.yaml") }],
    ]);
  });
  it("takes the text of editors, also of a base, and leaves the files and no copy behind", async () => {
    const folder = await project();
    const leftovers = () => readdirSync(tmpdir()).filter((name) => /^plugsmith-(render|origins)-/.test(name)).length;
    const before = leftovers();
    const overlay = path.join(folder, "overlay");
    const rendered = good(
      await render(overlay, {
        "kustomization.yaml": "namePrefix: b-\nresources: [../base]\n",
        "../base/web.yaml": deployment.replace("web", "site"),
      }),
    );
    assert.match(rendered.text, /name: b-site/);
    const origins = [...rendered.origins.values()].map((origin) => origin.path);
    assert.ok(origins.includes(path.join(folder, "base/web.yaml")), `${origins}`);
    assert.match(good(await render(overlay)).text, /name: a-web/);
    assert.equal(leftovers(), before);
  });
  it("copies no pipe or device, and looks into none", async () => {
    const folder = await project();
    execFileSync("mkfifo", [path.join(folder, "base", "pipe")]);
    await symlink("/dev/zero", path.join(folder, "overlay", "zero"));
    await write(folder, { "odd/web.yaml": deployment });
    await symlink("/dev/zero", path.join(folder, "odd", "kustomization.yaml"));
    const text = "namePrefix: c-\nresources: [../base]\n";
    assert.match(good(await render(path.join(folder, "overlay"), { "kustomization.yaml": text })).text, /name: c-web/);
    const copied = await copyOf({
      folder: path.join(folder, "overlay"),
      unsaved: new Map([[path.join(folder, "overlay", "kustomization.yaml"), "resources: [../base, ../odd]\n"]]),
    });
    assert.ok(copied !== undefined && "folder" in copied);
    assert.deepEqual(readdirSync(path.join(copied.root, "base")).sort(), ["kustomization.yaml", "web.yaml"]);
    await copied.remove();
  });
  it("does not copy for text that is about other files", async () => {
    const folder = await project();
    const rendered = good(await render(path.join(folder, "base"), { "../other/x.yaml": "kind: X" }));
    assert.match(rendered.text, /name: web/);
  });
  it("answers errors without decoration, and with the real paths", async () => {
    const folder = await project();
    const gone = await render(path.join(folder, "base"), { "kustomization.yaml": "resources: [gone.yaml]\n" });
    assert.ok(!gone.ok);
    assert.match(gone.message, /^accumulating resources: .*'gone\.yaml'/);
    assert.ok(gone.message.includes(path.join(folder, "base/gone.yaml")), gone.message);
    assert.doesNotMatch(gone.message, /plugsmith-\d|run\.go|^error/);
  });
  it("forbids files outside the folder unless they are allowed", async () => {
    const folder = await write(await temporary(), {
      "web.yaml": deployment,
      "in/kustomization.yaml": "resources: [../web.yaml]\n",
    });
    const inside = path.join(folder, "in");
    assert.equal((await render(inside)).ok, false);
    assert.equal((await render(inside, {}, true)).ok, true);
    assert.match(
      good(await render(inside, { "../web.yaml": deployment.replace("web", "new") }, true)).text,
      /name: new/,
    );
  });
  it("passes kustomize's warnings on", async () => {
    const folder = await write(await temporary(), {
      "web.yaml": deployment,
      "kustomization.yaml": "resources: [web.yaml]\ncommonLabels: {a: b}\n",
    });
    assert.match(good(await render(folder)).warnings.join(), /'commonLabels' is deprecated/);
  });
  it("tells how to get kubectl where neither it nor kustomize is there", async () => {
    const folder = await project();
    const io = { executables: { kubectl: "/nowhere/kubectl" } };
    const request = {
      folder,
      outsideFiles: false,
      unsaved: new Map<string, string>(),
      signal: new AbortController().signal,
    };
    await assert.rejects(renderKustomization(request, io), /is set as kubectl, is no program/);
  });
});
