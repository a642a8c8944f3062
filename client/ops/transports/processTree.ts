// Ends a program together with everything that it started: its process group on POSIX, `taskkill /T` on Windows. Asked
// politely first, so that a program can clear up, and without asking after a short while.
import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";

const patience = 2000;

export function endTree(child: ChildProcess): void {
  if (child.pid === undefined) return;
  if (process.platform === "win32") {
    taskkill(child.pid);
    return;
  }
  signalGroup(child.pid, "SIGTERM");
  const pid = child.pid;
  const timer = setTimeout(() => signalGroup(pid, "SIGKILL"), patience);
  // Children of a program that has ended already hold its pipes: the group is asked until nobody holds them any more.
  child.once("close", () => {
    clearTimeout(timer);
    signalGroup(pid, "SIGKILL");
  });
}

/** For the end of this process, when nothing can be waited for. */
export function endTreeAtOnce({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  if (process.platform === "win32") taskkill(pid);
  else signalGroup(pid, "SIGKILL");
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody is left in the group.
  }
}

function taskkill(pid: number): void {
  const program = path.join(process.env.SystemRoot ?? "C:\\Windows", "System32", "taskkill.exe");
  spawn(program, ["/PID", String(pid), "/T", "/F"], { stdio: "ignore", windowsHide: true }).on(
    "error",
    () => undefined,
  );
}
