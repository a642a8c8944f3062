// Loaded in the extension host in place of the suite's own entry: sends what the tests print to a file that the runner
// shows, then calls the real `run()`. So the suite needs no code that knows where it runs.
const fs = require("node:fs");
const { Console } = require("node:console");
const { Writable } = require("node:stream");

exports.run = async function run() {
  const { PLUGSMITH_HOST_ENTRY: entry, PLUGSMITH_HOST_LOG: log } = process.env;
  // The extension host defines the methods of `console` read-only; only the object itself can be replaced.
  const out = new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      fs.appendFileSync(log, chunk);
      done();
    },
  });
  globalThis.console = new Console({ stdout: out, stderr: out, colorMode: false });
  try {
    await require(entry).run();
  } catch (error) {
    fs.appendFileSync(log, `${error?.stack ?? error}\n`);
    throw error;
  }
};
