// OpenJourney where a tool fails: docker without an engine, kubectl whose answer is lost. What is said of the cluster is what it has.
import assert from "node:assert/strict";
import { errorText } from "../../../client/ops/index.js";
import { hostError } from "../support/errors.js";
import { openjourneySuite, project } from "../support/openjourneySuite.js";
import { write } from "../support/places.js";

const signal = new AbortController().signal;

describe("an OpenJourney host whose tools fail", function () {
  const here = openjourneySuite(this);
  const { host, ship, imageIn, lose } = here;

  it("says that docker's engine does not answer, and not that the Dockerfile is wrong", async () => {
    const words = [
      "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?",
      "ERROR: failed to connect to the docker API at unix:///var/run/docker.sock; check if the path is correct",
      "error during connect: this error may indicate that the docker daemon is not running: open //./pipe/docker_engine",
    ];
    for (const said of words) {
      here.docker.fails("build", said);
      const text = errorText(await hostError(ship()));
      assert.match(text, /^the docker engine does not answer \(it said: ".*"\); start docker, or set DOCKER_HOST/);
      assert.doesNotMatch(text, /Dockerfile/);
    }
    here.docker.fails("build", "permission denied while trying to connect to the Docker daemon socket");
    assert.match(errorText(await hostError(ship())), /^you may not use the docker engine .*; join the group docker/);
    here.docker.fails("version", words[0] ?? "");
    const [check] = (await host().doctor?.(signal)) ?? [];
    assert.equal(check?.state, "bad");
    assert.match(`${check?.detail} ${check?.next}`, /^the docker engine does not answer .*start docker/);
  });

  it("is compared after kubectl's answer to applying was lost: what it has, it is said to have", async () => {
    await ship();
    const image = imageIn();
    for (const program of ["kill -9 $$", "echo 'error: unexpected EOF' >&2; exit 1"]) {
      await write(here.root, project(`FROM scratch\nLABEL loss=${program.length}\n`));
      lose({ of: "apply", program, when: "before" });
      const error = await hostError(ship());
      assert.equal(
        error.hostNow,
        "the registry has the new image; of 2, 1 object is not as sent: apps.v1.Deployment.default.hello-deployment",
      );
      assert.equal(imageIn(), image);
    }
    lose({ of: "apply", program: "kill -9 $$", when: "after" });
    const { uploaded, verdict } = await ship();
    assert.equal(verdict.state, "verified");
    assert.match(JSON.stringify(uploaded.replicas), /as it was sent: kubectl's answer was lost/);
    assert.notEqual(imageIn(), image);
  });
});
