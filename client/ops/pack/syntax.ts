// Does a JavaScript entry parse? Parsed, never run: a worker compiles it as a module, then as a script, and ends.
// Unknown (another language, no worker here, JSX, which the host reads) is never an error.
import { Worker } from "node:worker_threads";

/** The parser's complaint, or undefined when it parses or can't be judged. */
export async function syntaxProblem(file: string, text: string): Promise<string | undefined> {
  if (!/\.m?js$/.test(file) || text.length > 20_000_000) return undefined;
  const complaint = await compile(text.replace(/^#!.*/, "").replace(/^\uFEFF/, ""));
  return complaint === undefined || complaint.includes("'<'") ? undefined : complaint;
}

const program = `
const vm = require("node:vm");
const { parentPort, workerData } = require("node:worker_threads");
const said = (make) => { try { make(); return undefined; } catch (error) { return error instanceof SyntaxError ? error.message : undefined; } };
const asModule = said(() => new vm.SourceTextModule(workerData));
parentPort.postMessage(asModule && said(() => vm.compileFunction(workerData)) && asModule);
`;

function compile(text: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    let worker: Worker;
    try {
      const execArgv = ["--experimental-vm-modules", "--no-warnings"];
      worker = new Worker(program, { eval: true, workerData: text, execArgv, stderr: true, stdout: true });
    } catch {
      resolve(undefined);
      return;
    }
    const finish = (complaint: unknown) => {
      clearTimeout(timer);
      void worker.terminate();
      resolve(typeof complaint === "string" ? complaint : undefined);
    };
    const timer = setTimeout(finish, 5000, undefined);
    worker.once("message", finish);
    worker.once("error", () => finish(undefined));
    worker.once("exit", () => finish(undefined));
  });
}
