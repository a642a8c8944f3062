// Starts the local host (`plugsmith host`) as a process that cannot outlive this one.
import process from "node:process";
import { fileURLToPath } from "node:url";
import { end, start } from "../support/processes.mjs";
import { inProject } from "../support/root.mjs";

const leash = fileURLToPath(new URL("../vscode/leash.cjs", import.meta.url));

/** Answers `{ url, stop }` once it listens; what it writes after that goes to our own output. */
export async function startLocalHost(folder) {
  const command = inProject("dist", "cli.js");
  const args = ["--require", leash, command, "host", "--json", "--port", "0", "--dir", folder];
  const env = { ...process.env, PLUGSMITH_LEASHED: command };
  const child = start(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"], env });
  const exited = new Promise((resolve) => child.once("close", resolve));
  let stopping = false;
  const stop = async () => {
    stopping = true;
    end(child, "SIGTERM");
    const patience = setTimeout(end, 3000, child, "SIGKILL");
    await exited;
    clearTimeout(patience);
  };
  try {
    const { url } = JSON.parse(await firstLine(child));
    child.stdout.pipe(process.stdout);
    child.once("exit", (code) => stopping || console.error(`the local host ended with exit code ${code}`));
    return { url, stop };
  } catch (error) {
    await stop();
    throw new Error(`the local host did not start: ${error.message}`);
  }
}

function firstLine(child) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("it said nothing within 20 s")), 20_000);
    let text = "";
    const collect = (chunk) => {
      text += chunk;
      const [line, ...rest] = text.split("\n");
      if (rest.length === 0) return;
      clearTimeout(timer);
      child.stdout.off("data", collect);
      resolve(line);
    };
    child.stdout.on("data", collect);
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`it ended with exit code ${code}`)));
  });
}
