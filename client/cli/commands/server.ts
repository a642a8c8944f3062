// `plugsmith server --stdio`: the language server for any editor.

import { keepCompiled } from "../../../server/compiled.js";
import { type Command, Misuse } from "../command.js";

export const serverCommand: Command = {
  name: "server",
  operands: "--stdio",
  summary: "run the language server, for editors other than VS Code",
  about: ["Speaks the Language Server Protocol on stdin and stdout. An editor starts it; docs/editors.md says how."],
  examples: ["plugsmith server --stdio"],
  takes: [0, 0],
  options: [
    { name: "stdio", about: "speak on stdin and stdout; must be given" },
    { name: "clientProcessId", value: "PID", about: "end when this process ends" },
  ],
  run: async ({ on, signal }) => {
    if (!on("stdio")) throw new Misuse('"server" needs --stdio');
    keepCompiled(__dirname);
    const { startServer } = await import("../../../server/lsp/connect.js");
    signal.addEventListener("abort", () => process.exit(0));
    // The connection ends the process at `exit` or when the editor goes away.
    startServer();
    return new Promise(() => undefined);
  },
};
