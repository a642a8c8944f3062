// `npm start -- --desktop`: installs the extension into the `code` of this machine and opens the work folder there.
import process from "node:process";
import { run } from "../support/processes.mjs";
import { step } from "../support/steps.mjs";

export async function runDesktop(vsix, workspace) {
  await step("installing the extension into desktop VS Code", () => code(["--install-extension", vsix, "--force"]));
  await step("opening a window", () => code(["--new-window", workspace]));
}

async function code(args) {
  const windows = process.platform === "win32"; // where it is code.cmd, which only the shell can start
  const quoted = windows ? args.map((argument) => `"${argument}"`) : args;
  const missing = "desktop VS Code's command `code` was not found; put it on PATH, or leave out --desktop";
  const outcome = await run("code", quoted, { seconds: 120, shell: windows }).catch((error) => {
    throw new Error(error.code === "ENOENT" ? missing : error.message);
  });
  if (outcome.code !== 0) throw new Error(`code ${args.join(" ")} ended with exit code ${outcome.code}`);
}
