// A SkyPilot server on this machine that can't be stopped is not taken for the new one.
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { connect, deploy, errorText } from "../../../client/ops/index.js";
import { hostError } from "../support/errors.js";
import { removeTemporary, temporary } from "../support/places.js";
import { skipAloud } from "../support/skipping.js";
import { project, quickTools } from "../support/skypilot/project.js";
import { lacking, skypilotServer } from "../support/skypilot/server.js";

const signal = new AbortController().signal;

describe("a SkyPilot server on this machine that goes on", function () {
  this.timeout(60_000);
  before(function () {
    const why = lacking();
    if (why !== undefined) skipAloud(this, why);
  });
  afterEach(removeTemporary);

  it("does not take a server that can't be stopped for the new one", async () => {
    const server = await skypilotServer();
    const archives = await temporary();
    let host = connect(server.config, server.io);
    const ship = (plugin: string) => deploy({ host, plugin, archives, signal, tools: quickTools });
    await ship(await project());
    const before = await readFile(path.join(server.home, "plugins.yaml"), "utf8");
    const really = server.io.executables?.sky ?? "";
    const sky = path.join(await temporary(), "sky");
    await writeFile(sky, `#!/bin/sh\n[ "$2" = stop ] && { echo "not yours" >&2; exit 1; }\nexec ${really} "$@"\n`, {
      mode: 0o755,
    });
    host = connect(server.config, { ...server.io, executables: { sky, python: "" } });
    const error = await hostError(ship(await project({}, "0.2.0")));
    assert.match(errorText(error), /sky api stop failed, and the server of "sky" goes on/);
    assert.match(error.hostNow ?? "", /example-audit 0\.1\.0 is installed again/);
    assert.match(error.hostNow ?? "", /it is not restarted and runs what it ran before/);
    assert.equal(await readFile(path.join(server.home, "plugins.yaml"), "utf8"), before);
    const [plugin] = (await host.list?.(signal)) ?? [];
    assert.deepEqual([plugin?.version, plugin?.state], ["0.1.0", "loaded"]);
    server.sky("api", "stop");
  });
});
