// A program that stands in for docker where no engine runs: a Node script that keeps images in a file, writes down every call, and
// fails or hangs when a test says so. What it proves is how docker is called, not what docker does.
import { createHash } from "node:crypto";
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { temporary } from "./places.js";

export interface FakeDocker {
  /** Path of the program. */
  readonly program: string;
  /** Arguments of every call, with the folder it ran in. */
  calls(): readonly { readonly args: readonly string[]; readonly cwd: string }[];
  /** The next calls of this subcommand say this and exit 1; "hang" never ends. */
  fails(subcommand: string, said: string): void;
}

export async function fakeDocker(): Promise<FakeDocker> {
  const folder = await temporary();
  const program = path.join(folder, "docker");
  writeFileSync(program, `#!${process.execPath}\n${script}`);
  chmodSync(program, 0o755);
  const log = path.join(folder, "calls");
  return {
    program,
    calls: () =>
      existsSync(log)
        ? readFileSync(log, "utf8")
            .trim()
            .split("\n")
            .map((line) => JSON.parse(line))
        : [],
    fails: (subcommand, said) => writeFileSync(path.join(folder, `fail-${subcommand}`), said),
  };
}

/** The digest that the stand-in's registry gives an image. */
export const digestOf = (id: string): string => `sha256:${createHash("sha256").update(id).digest("hex")}`;

const script = `
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");
const here = __dirname;
const args = process.argv.slice(2);
const hash = (text) => "sha256:" + createHash("sha256").update(text).digest("hex");
fs.appendFileSync(path.join(here, "calls"), JSON.stringify({ args, cwd: process.cwd() }) + "\\n");
const store = path.join(here, "images.json");
const images = fs.existsSync(store) ? JSON.parse(fs.readFileSync(store, "utf8")) : {};
const keep = () => fs.writeFileSync(store, JSON.stringify(images));
const failure = path.join(here, "fail-" + args[0]);
const option = (name) => args.filter((one) => one.startsWith("--" + name + "=")).map((one) => one.slice(name.length + 3));
if (fs.existsSync(failure)) {
  const said = fs.readFileSync(failure, "utf8");
  if (said === "hang") setInterval(() => undefined, 1000);
  else { console.error(said); process.exit(1); }
} else if (args[0] === "build") {
  console.log("#1 building");
  const id = hash(fs.readFileSync(path.join(process.cwd(), option("file")[0]), "utf8"));
  for (const tag of option("tag")) images[tag] = id;
  keep();
} else if (args[0] === "image") {
  const id = images[args.at(-1)];
  if (id === undefined) { console.error("Error: No such image: " + args.at(-1)); process.exit(1); }
  console.log(id);
} else if (args[0] === "tag") {
  images[args[2]] = images[args[1]] ?? args[1];
  keep();
} else if (args[0] === "push") {
  console.log("latest: digest: " + hash(images[args[1]]) + " size: 528");
} else if (args[0] === "version") console.log("28.0.0 28.0.1");
else process.exit(1);
`;
