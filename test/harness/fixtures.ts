// Every fixture under test/fixtures. A file holds one case, or several small ones with a line of "====" between them.

import fs from "node:fs";
import path from "node:path";
import { type Fixture, readFixture } from "./fixture.js";
import { fromRoot } from "./root.js";

export interface FixtureCase {
  /** Path below test/fixtures without the extension, with "#2" for the second case of a file. */
  readonly name: string;
  readonly source: string;
  readonly fixture: Fixture;
  /** Puts another text in the place of this case, for UPDATE_EXPECT. */
  rewrite(source: string): void;
}

const FOLDER = fromRoot("test", "fixtures");
const SEPARATOR = /^====\n/m;

export function fixtureCases(folder = ""): FixtureCase[] {
  const root = path.join(FOLDER, folder);
  return fs
    .readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".fixture"))
    .sort()
    .flatMap((name) => casesOf(path.join(root, name), path.join(folder, name).replace(/\.fixture$/, "")));
}

function casesOf(file: string, name: string): FixtureCase[] {
  const sources = fs.readFileSync(file, "utf8").split(SEPARATOR);
  return sources.map((source, i) => ({
    name: sources.length === 1 ? name : `${name}#${i + 1}`,
    get source() {
      return sources[i] ?? source;
    },
    fixture: readFixture(source),
    rewrite(text) {
      sources[i] = text;
      fs.writeFileSync(file, sources.map((one) => (one.endsWith("\n") ? one : `${one}\n`)).join("====\n"));
    },
  }));
}
