// Runs the terminal command as it is bundled, as a process of its own, in a temporary folder, with nothing of the user's around it.

import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fromRoot } from "../harness/root.js";

const MAIN = fromRoot("dist", "cli.js");

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Sandbox {
  /** The working directory. */
  readonly folder: string;
  /** Of all that it holds: the working directory, the history, temporary files. */
  readonly root: string;
  at(name: string): string;
  write(name: string, text: string): void;
  /** In the sandbox's folder, with its own history. */
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ran>;
  start(args: readonly string[], env?: Readonly<Record<string, string>>): ChildProcess;
  /** Ends what it started and removes the folder. */
  end(): Promise<void>;
}

export function sandbox(): Sandbox {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "plugsmith-cli-")));
  const cwd = path.join(folder, "here");
  const temporary = path.join(folder, "temporary");
  for (const one of [cwd, temporary]) fs.mkdirSync(one);
  const running = new Set<ChildProcess>();
  const at = (name: string) => path.join(cwd, name);
  const start: Sandbox["start"] = (args, env = {}) => {
    const { PLUGSMITH_TOKEN: _token, NO_COLOR: _colour, ...ours } = process.env;
    const child = spawn(process.execPath, [MAIN, ...args], {
      cwd,
      env: { ...ours, PLUGSMITH_HOME: path.join(folder, "home"), TMPDIR: temporary, ...env },
    });
    running.add(child);
    child.once("close", () => running.delete(child));
    return child;
  };
  return {
    folder: cwd,
    root: folder,
    at,
    write: (name, text) => {
      fs.mkdirSync(path.dirname(at(name)), { recursive: true });
      fs.writeFileSync(at(name), text);
    },
    start,
    run: (args, env) => ended(start(args, env)),
    end: async () => {
      await Promise.all(
        [...running].map((child) => {
          const gone = ended(child);
          child.kill("SIGKILL");
          return gone;
        }),
      );
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function ended(child: ChildProcess): Promise<Ran> {
  let [out, err] = ["", ""];
  child.stdout?.on("data", (chunk) => {
    out += chunk;
  });
  child.stderr?.on("data", (chunk) => {
    err += chunk;
  });
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, out, err })));
}

export function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout?.on("data", (chunk) => {
      text += chunk;
      if (text.includes("\n")) resolve(text.split("\n", 1)[0] ?? "");
    });
    child.once("close", (code) => reject(new Error(`ended with ${code} before it said a line`)));
  });
}
