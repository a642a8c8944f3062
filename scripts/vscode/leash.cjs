// Preloaded into a program that must not outlive the script that started it. The program's standard input is a pipe held
// by that script; when it closes, for whatever reason (SIGKILL too), the program's whole process group ends.
const path = require("node:path");
const process = require("node:process");

// Node hands `--require` down to forked children as well; only the program itself is on the leash.
if (process.argv[1] === path.resolve(process.env.PLUGSMITH_LEASHED ?? "")) {
  const end = () => {
    try {
      if (process.platform !== "win32") process.kill(-process.pid, "SIGKILL");
    } finally {
      process.exit(1);
    }
  };
  process.stdin.on("end", end).on("error", end).resume();
}
