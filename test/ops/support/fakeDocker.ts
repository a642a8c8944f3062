// A program that stands in for docker where no engine runs: a script that keeps images in a file, writes down every call, and
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
  writeFileSync(program, `#!/bin/sh${script}`);
  chmodSync(program, 0o755);
  const log = path.join(folder, "calls");
  return {
    program,
    calls: () =>
      existsSync(log)
        ? readFileSync(log, "utf8")
            .slice(0, -2)
            .split("\u001f\n")
            .map((line) => {
              const [cwd = "", ...args] = line.split("\u001f");
              return { args, cwd };
            })
        : [],
    fails: (subcommand, said) => writeFileSync(path.join(folder, `fail-${subcommand}`), said),
  };
}

/** The digest that the stand-in's registry gives an image. */
export const digestOf = (id: string): string => `sha256:${createHash("sha256").update(id).digest("hex")}`;

/** Plain `sh`, which starts in a tenth of the time of Node. Arguments are written down with unit separators between them. */
const script = `
here=\${0%/*}
{ printf '%s\\037' "$PWD" "$@"; echo; } >> "$here/calls"
hash() { set -- $(sha256sum); printf 'sha256:%s' "$1"; }
image() { while read -r tag id; do [ "$tag" = "$1" ] && found=$id; done < "$here/images"; printf '%s' "$found"; }
touch "$here/images"
if [ -f "$here/fail-$1" ]; then
  said=$(cat "$here/fail-$1")
  [ "$said" = hang ] && exec sleep 1000
  printf '%s\\n' "$said" >&2
  exit 1
fi
for last; do :; done
case $1 in
  build)
    echo '#1 building'
    for one; do case $one in --file=*) id=$(hash < "\${one#--file=}") ;; esac; done
    for one; do case $one in --tag=*) echo "\${one#--tag=} $id" >> "$here/images" ;; esac; done
    ;;
  image)
    id=$(image "$last")
    [ -n "$id" ] || { echo "Error: No such image: $last" >&2; exit 1; }
    echo "$id"
    ;;
  tag)
    id=$(image "$2")
    echo "$3 \${id:-$2}" >> "$here/images"
    ;;
  push) echo "latest: digest: $(printf '%s' "$(image "$2")" | hash) size: 528" ;;
  version) echo '28.0.0 28.0.1' ;;
  *) exit 1 ;;
esac
`;
