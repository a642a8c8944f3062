// Entry of every suite that runs inside the extension host, on the server build and on desktop VS Code alike. The runner
// says by environment variables which compiled test files make up the suite and where the results go.
import path from "node:path";
import Mocha from "mocha";

/** Called by VS Code (`extensionTestsPath`); rejects when a test failed, which becomes the exit code. */
export async function run(): Promise<void> {
  const root = variable("PLUGSMITH_ROOT");
  const mocha = new Mocha({
    ui: "bdd",
    color: false,
    timeout: 60_000, // a slow machine is no failure
    reporter: path.join(root, "scripts", "testing", "reporter.cjs"),
    ...(process.env.PLUGSMITH_GREP ? { grep: process.env.PLUGSMITH_GREP } : {}),
  });
  for (const file of variable("PLUGSMITH_TEST_FILES").split("\n")) mocha.addFile(file);
  await mocha.loadFilesAsync();
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} failed`);
}

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set; run the suite by scripts/vscode/runHostSuite.mjs`);
  return value;
}
