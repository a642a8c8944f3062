// Mocha reporter of every ring: quiet about what passes, loud about failures and skipped tests, and one line of JSON per
// test appended to the file PLUGSMITH_TEST_RESULTS, so that the results of a run that had to be killed are there too.
const fs = require("node:fs");
const process = require("node:process");

module.exports = class Reporter {
  constructor(runner) {
    const began = Date.now();
    const counts = { passed: 0, failed: 0, skipped: 0 };
    const note = (test, state, error) => {
      counts[state]++;
      write({ title: test.fullTitle(), state, ms: test.duration, ...(error ? { error } : {}) });
    };
    runner.on("pass", (test) => note(test, "passed"));
    runner.on("pending", (test) => {
      note(test, "skipped");
      console.log(`  skipped: ${test.fullTitle()}`);
    });
    runner.on("retry", (test, error) => {
      console.log(`  tried again: ${test.fullTitle()}\n${wordsOf(error).replace(/^/gm, "    ")}\n`);
    });
    runner.on("fail", (test, error) => {
      const words = wordsOf(error);
      note(test, "failed", words);
      console.log(`  FAILED: ${test.fullTitle()}\n${words.replace(/^/gm, "    ")}\n`);
    });
    runner.on("end", () => {
      const seconds = ((Date.now() - began) / 1000).toFixed(1);
      console.log(`  ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped in ${seconds} s`);
    });
  }
};

function write(result) {
  const file = process.env.PLUGSMITH_TEST_RESULTS;
  if (file) fs.appendFileSync(file, `${JSON.stringify(result)}\n`);
}

/** The stack, and the difference where an assertion compared two things and its message shows neither. */
function wordsOf(error) {
  const stack = String(error?.stack ?? error?.message ?? error);
  if (error?.generatedMessage !== false || !("expected" in error)) return stack;
  return `${stack}\nexpected: ${inspect(error.expected)}\nactual:   ${inspect(error.actual)}`;
}

function inspect(value) {
  return typeof value === "string" ? value : require("node:util").inspect(value, { depth: 6 });
}
