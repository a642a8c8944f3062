// The user's own programs, run for real: what came back, and what is left when they hang, flood, fail, or are not there.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { chmod, readFile } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { errorText, executablesFrom, type ProcessRequest, type ToolLog } from "../../../client/ops/index.js";
import { findExecutable } from "../../../client/ops/transports/executables.js";
import { createRun, mustRun, runOf } from "../../../client/ops/transports/process.js";
import { streamLines } from "../../../client/ops/transports/streamLines.js";
import { commandLine } from "../../../client/ops/transports/toolErrors.js";
import { hostError } from "../support/errors.js";
import { removeTemporary, temporary, write } from "../support/places.js";
import { isAlive, until } from "../support/waiting.js";

const secret = "planted-password-0123456789";
const run = createRun();

describe("programs", () => {
  afterEach(removeTemporary);

  it("get their arguments as they are, no shell in between", async () => {
    const odd = ["a b", '"', "'; echo no", "$HOME", "*", "", "ü\n"];
    const { code, out } = await run({
      ...script("process.stdout.write(JSON.stringify(process.argv.slice(1)))"),
      args: ["-e", "process.stdout.write(JSON.stringify(process.argv.slice(1)))", "--", ...odd],
    });
    assert.equal(code, 0);
    assert.deepEqual(JSON.parse(out), odd);
  });
  it("read nothing unless they are given something", async () => {
    const echo = "process.stdin.pipe(process.stdout)";
    assert.equal((await run(script(echo))).out, "");
    assert.equal((await run({ ...script(echo), input: Buffer.from("bytes") })).out, "bytes");
    assert.equal((await run({ ...script(echo), input: Readable.from(["in ", "pieces"]) })).out, "in pieces");
  });
  it("may stop reading early: their exit code tells", async () => {
    const much = Readable.from(Array.from({ length: 200 }, () => Buffer.alloc(64 * 1024)));
    assert.equal((await run({ ...script("process.exit(3)"), input: much })).code, 3);
  });
  it("are ended when what they read can't be read on", async () => {
    const broken = new Readable({ read: () => broken.destroy(new Error("gone")) });
    const error = await hostError(run({ ...script("process.stdin.resume()"), input: broken }));
    assert.match(error.message, /what .* was to be sent could not be read/);
  });
  it("answer with an exit code, which is a failure only where it must be 0", async () => {
    const failing = script("console.error('no such thing'); process.exit(4)");
    const { code, err } = await run(failing);
    assert.deepEqual([code, err], [4, "no such thing\n"]);
    const error = await hostError(mustRun(run, failing, "make one"));
    assert.deepEqual([error.kind, error.step, error.said, error.next], ["tool", "try", "no such thing", "make one"]);
    assert.match(error.message, /failed with exit code 4/);
  });
  it("never see our token", async () => {
    process.env.PLUGSMITH_TOKEN = secret;
    process.env.PLUGSMITH_TOKEN_TEAM = secret;
    try {
      const { out } = await run(script("console.log(Object.keys(process.env).join())"));
      assert.ok(out.includes("PATH") && !out.includes("PLUGSMITH_TOKEN"));
    } finally {
      delete process.env.PLUGSMITH_TOKEN;
      delete process.env.PLUGSMITH_TOKEN_TEAM;
    }
  });
  it("are told of line by line", async () => {
    const lines: string[] = [];
    const text =
      "process.stdout.write('one\\r\\ntw'); process.stderr.write('bad\\n'); process.stdout.write('o\\nthree')";
    await run({ ...script(text), onLine: (line, stream) => lines.push(`${stream} ${line}`) });
    assert.deepEqual(
      lines.filter((line) => line.startsWith("out")),
      ["out one", "out two", "out three"],
    );
    assert.ok(lines.includes("err bad"));
  });
  it("give bytes to whoever takes them", async () => {
    const chunks: Uint8Array[] = [];
    const text = "process.stdout.write(Buffer.from([0, 255, 10, 128]))";
    const { out } = await run({ ...script(text), onData: (chunk) => chunks.push(chunk) });
    assert.deepEqual([...Buffer.concat(chunks)], [0, 255, 10, 128]);
    assert.equal(out, "");
  });
});

describe("programs that do not end by themselves", () => {
  afterEach(removeTemporary);

  it("are ended when they are late, with all that they started, also what ignores being asked", async () => {
    const folder = await temporary();
    const child =
      "process.on('SIGTERM', () => {}); require('fs').writeFileSync('ready', String(process.pid)); setInterval(() => {}, 1000)";
    const parent = `require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: 'inherit' }); setInterval(() => {}, 1000)`;
    const stop = new AbortController();
    const going = hostError(run({ ...script(parent), cwd: folder, signal: stop.signal }));
    await until(() => existsSync(path.join(folder, "ready")));
    stop.abort();
    const error = await going;
    assert.equal(error.kind, "cancelled");
    const pid = Number(await readFile(path.join(folder, "ready"), "utf8"));
    await until(() => !isAlive(pid));
  });
  it("are ended after their time, which the error says", async () => {
    const error = await hostError(
      run({ ...script("console.error('waiting'); setInterval(() => {}, 1000)"), timeout: 300 }),
    );
    assert.deepEqual([error.kind, error.timedOut], ["tool", true]);
    assert.match(error.message, /did not finish within 1 s and was ended/);
  });
  it("are not started at all when the work is cancelled already", async () => {
    const error = await hostError(run({ ...script("1"), signal: AbortSignal.abort() }));
    assert.equal(error.kind, "cancelled");
  });
  it("leave a daemon behind without being waited for", async () => {
    const daemon = "setTimeout(() => {}, 4000)";
    const parent = `const c = require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(daemon)}], { stdio: 'inherit', detached: true }); c.unref(); console.log(c.pid)`;
    const began = Date.now();
    const { code, out } = await run(script(parent));
    const pid = Number(out);
    assert.equal(code, 0);
    assert.ok(isAlive(pid));
    assert.ok(Date.now() - began < 3500);
    process.kill(pid);
  });
  it("are ended when they flood", async () => {
    const flood =
      "const b = 'x'.repeat(65536); (function go() { while (process.stdout.write(b)); process.stdout.once('drain', go); })()";
    const error = await hostError(run({ ...script(flood), maxBytes: 1024 * 1024 }));
    assert.match(error.message, /wrote more than 1 MiB and was ended/);
    let taken = 0;
    const onData = (chunk: Uint8Array) => {
      taken += chunk.byteLength;
    };
    const other = await hostError(run({ ...script(flood), maxBytes: 1024 * 1024, onData }));
    assert.match(other.message, /wrote more than 1 MiB and was ended/);
    assert.ok(taken <= 1024 * 1024, `${taken} bytes were given out`);
  });
  it("may flood where only the end counts", async () => {
    const text = "for (let i = 0; i < 20000; i++) console.log('line ' + i)";
    const { out } = await run({ ...script(text), maxBytes: 1000, overflow: "keepLast" });
    assert.equal(out.length, 1000);
    assert.ok(out.endsWith("line 19999\n"));
  });
  it("are ended by a signal: no answer", async () => {
    const error = await hostError(run(script("process.kill(process.pid, 'SIGKILL')")));
    assert.match(error.message, /was ended by SIGKILL/);
  });
});

describe("lines of a program", () => {
  afterEach(removeTemporary);

  it("are read as they come, and the program ends when nobody reads on", async () => {
    const lines: string[] = [];
    const talk = "console.log(process.pid); let i = 0; setInterval(() => console.log('line ' + ++i), 10)";
    for await (const line of streamLines(run, script(talk))) {
      lines.push(line);
      if (line === "line 3") break;
    }
    assert.deepEqual(lines.slice(1), ["line 1", "line 2", "line 3"]);
    assert.ok(!isAlive(Number(lines[0])));
  });
  it("end with the program, in its failure if it fails", async () => {
    const lines: string[] = [];
    const work = async () => {
      const text = "console.log('last'); console.error('broken'); process.exit(1)";
      for await (const line of streamLines(run, script(text))) lines.push(line);
    };
    const error = await hostError(work());
    assert.deepEqual([lines, error.said], [["last"], "broken"]);
  });
  it("end when the work is cancelled", async () => {
    const stop = new AbortController();
    const work = async () => {
      const talk = script("setInterval(() => console.log('again'), 10)");
      for await (const _line of streamLines(run, { ...talk, signal: stop.signal })) stop.abort();
    };
    assert.equal((await hostError(work())).kind, "cancelled");
  });
});

describe("tools", () => {
  afterEach(removeTemporary);

  it("are looked for on PATH, never in the working directory", async () => {
    const folder = await temporary();
    const other = await temporary();
    for (const place of [folder, other])
      await chmod(path.join(await write(place, { kubectl: "#!/bin/sh\n" }), "kubectl"), 0o755);
    const find = (PATH: string) => findExecutable("kubectl", { step: "list", cwd: other, env: { PATH } });
    assert.equal(await find(`${folder}:/nowhere`), path.join(folder, "kubectl"));
    const error = await hostError(find(":.:/nowhere"));
    assert.equal(error.kind, "tool");
    assert.match(
      errorText(error),
      /kubectl was not found: "kubectl" is in none of the 1 folders of PATH; install it \(https.*plugsmith\.executables\.kubectl.*PLUGSMITH_KUBECTL/,
    );
  });
  it("may be set, and a wrong setting is told of", async () => {
    const folder = await write(await temporary(), { "my-kubectl": "#!/bin/sh\n", plain: "" });
    await chmod(path.join(folder, "my-kubectl"), 0o755);
    const find = (kubectl: string) =>
      findExecutable("kubectl", {
        step: "list",
        executables: executablesFrom((name) => (name === "PLUGSMITH_KUBECTL" ? kubectl : undefined)),
      });
    assert.equal(await find(path.join(folder, "my-kubectl")), path.join(folder, "my-kubectl"));
    for (const wrong of [path.join(folder, "plain"), "my-kubectl", folder]) {
      assert.match(
        errorText(await hostError(find(wrong))),
        /which is set as kubectl, is no program.*plugsmith\.executables\.kubectl/,
      );
    }
    assert.ok(path.isAbsolute(await findExecutable("git", { step: "list", executables: { git: " " } })));
  });
  it("on Windows are programs with their extension, never scripts that need a shell", async () => {
    const folder = await write(await temporary(), { "sky.cmd": "", "docker.exe": "", "kubectl.EXE": "" });
    for (const name of ["sky.cmd", "docker.exe", "kubectl.EXE"]) await chmod(path.join(folder, name), 0o755);
    const search = { step: "list", platform: "win32" as const, env: { Path: folder, PATHEXT: ".COM;.EXE;.BAT;.CMD" } };
    assert.equal(await findExecutable("docker", search), path.join(folder, "docker.exe"));
    assert.equal(await findExecutable("kubectl", search), path.join(folder, "kubectl.EXE"));
    assert.equal((await hostError(findExecutable("sky", search))).kind, "tool");
  });
  it("of the user's own are paths relative to where they run", async () => {
    const folder = await write(await temporary(), { "restart.sh": "#!/bin/sh\necho restarted\n" });
    await chmod(path.join(folder, "restart.sh"), 0o755);
    const { out } = await run({ ...script(""), command: "./restart.sh", args: [], cwd: folder });
    assert.equal(out, "restarted\n");
    const error = await hostError(run({ ...script(""), command: "./other.sh", args: [], cwd: folder }));
    assert.match(error.message, /"\.\/other\.sh" is no program that can be run/);
  });
  it("that can't be started are told of", async () => {
    const error = await hostError(run({ ...script(""), cwd: path.join(await temporary(), "gone") }));
    assert.match(errorText(error), /could not be started; check that the working directory exists/);
  });
});

describe("what is said of programs", () => {
  it("holds no credential: neither a known one nor one in an address or option", async () => {
    const said: string[] = [];
    const log: ToolLog = { info: (line) => said.push(line), debug: (line) => said.push(line) };
    const address = "https://robot:p@ss/word@git.example.org/repo.git".replace("/word", "word");
    const text = `console.log(${JSON.stringify(address)}); console.error('token ${secret}'); process.exit(1)`;
    const request = {
      ...script(text),
      args: ["-e", text, "--", "--password", "hunter22", "--token=abcdef", address],
      secrets: [secret],
    };
    const error = await hostError(mustRun(createRun({ log }), { ...request, onLine: (line) => said.push(line) }));
    const all = [...said, errorText(error), error.stack ?? ""].join("\n");
    for (const planted of [secret, "hunter22", "abcdef", "p@ss", "ssword@", "robot"])
      assert.ok(!all.includes(planted), planted);
    assert.match(all, /https:\/\/•••@git\.example\.org\/repo\.git/);
    assert.equal(said.filter((line) => line.startsWith("ran ")).length, 1);
  });
  it("holds no token of the host that an adapter runs them for", async () => {
    const run = runOf({ token: async () => `${secret}\n` });
    const said: string[] = [];
    const talk = { ...script("console.log(process.env.WORD); process.exit(1)"), env: { WORD: secret } };
    const request = { ...talk, onLine: (line: string) => said.push(line) };
    said.push(errorText(await hostError(mustRun(run, request))));
    assert.deepEqual(
      said.filter((line) => line.includes(secret)),
      [],
    );
    assert.equal(said.filter((line) => line.includes("•••")).length, 2);
  });
  it("shows arguments as they would be typed, the user of ssh included", () => {
    assert.equal(
      commandLine("git", ["ls-remote", "ssh://git@example.org/a", "two words"]),
      'git ls-remote ssh://git@example.org/a "two words"',
    );
  });
});

function script(text: string): ProcessRequest {
  return { step: "try", command: process.execPath, args: ["-e", text], signal: new AbortController().signal };
}
