// What is run inside containers, by the plainest `sh` there is: each script is fixed text, and everything that differs is given to
// it as an argument, which no shell reads as its own language. The stage is a hidden folder beside the plugins, as on a disk.

/** Exit codes of the scripts, with what they mean. */
export const exits = {
  noDirectory: 71,
  notWhole: 72,
  notWritable: 73,
  noTar: 74,
  notUnpacked: 75,
  putBack: 76,
  homeless: 77,
  link: 78,
  contended: 79,
  absent: 80,
} as const;

/**
 * `DIR STAGE ABANDONED`: takes a tar from its input into a new STAGE, whole or not at all. First it puts right what killed
 * writers left, and says which plugins went `back`: stages are called `.plugsmith-<seconds>-<random>`, and those from before ABANDONED are nobody's any more.
 */
export const stageScript = `
dir=$1 stage=$2 abandoned=$3
cd "$dir" 2>/dev/null || exit ${exits.noDirectory}
for left in "$dir"/.plugsmith-*; do
  [ -d "$left" ] || continue
  if [ -f "$left/plugin" ]; then
    place=$dir/$(cat "$left/plugin")
    for old in "$left"/old-*; do
      [ -e "$old" ] && [ ! -e "$place" ] && mv "$old" "$place" && echo "back \${place#"$dir/"}"
    done
  fi
  seconds=\${left#"$dir/.plugsmith-"}
  seconds=\${seconds%%-*}
  case $seconds in *[!0-9]*|'') continue ;; esac
  [ "$seconds" -lt "$abandoned" ] && rm -rf "$left"
done
umask 022
mkdir "$stage" || exit ${exits.notWritable}
command -v tar >/dev/null 2>&1 || { rm -rf "$stage"; exit ${exits.noTar}; }
tar -x -o -p -m -f - -C "$stage" || { cat >/dev/null; rm -rf "$stage"; exit ${exits.notUnpacked}; }
[ -f "$stage/whole" ] || { rm -rf "$stage"; exit ${exits.notWhole}; }
`;

/**
 * `DIR NAME STAGE NEW`: puts `STAGE/NEW` where `DIR/NAME` is. The old one is kept until the new one stands. `mv` into a folder
 * that came there in the meantime would put NEW inside of it; that is seen, and tried again, and so is an old one that another writer took away first.
 */
export const exchangeScript = `
dir=$1 name=$2 stage=$3 new=$4
place=$dir/$name
case $name in
  */*)
    scope=$dir/\${name%%/*}
    [ -L "$scope" ] && { rm -rf "$stage"; exit ${exits.link}; }
    mkdir -p "$scope" || { rm -rf "$stage"; exit ${exits.notWritable}; }
    ;;
esac
[ -L "$place" ] && { rm -rf "$stage"; exit ${exits.link}; }
answer=made
for try in 1 2 3 4 5; do
  if [ -e "$place" ]; then
    if mv "$place" "$stage/old-$try"; then
      answer=replaced
    else
      [ $try -lt 5 ] && continue
      rm -rf "$stage"
      exit ${exits.notWritable}
    fi
  fi
  if mv "$stage/$new" "$place"; then
    if [ -e "$place/$new" ]; then
      mv "$place/$new" "$stage/$new"
      continue
    fi
    echo $answer
    rm -rf "$stage" || echo "kept $stage"
    exit 0
  fi
  if [ -e "$stage/old-$try" ] && [ ! -e "$place" ]; then
    mv "$stage/old-$try" "$place" || exit ${exits.homeless}
  fi
  rm -rf "$stage"
  exit ${exits.putBack}
done
rm -rf "$stage"
exit ${exits.contended}
`;

/** `DIR NAME STAGE`: moved aside first, so that nobody sees a plugin that loses its files one by one. */
export const removeScript = `
dir=$1 name=$2 stage=$3
place=$dir/$name
cd "$dir" 2>/dev/null || exit ${exits.noDirectory}
[ -e "$place" ] || [ -L "$place" ] || exit ${exits.absent}
mkdir "$stage" || exit ${exits.notWritable}
mv "$place" "$stage/gone" || { rm -rf "$stage"; exit ${exits.notWritable}; }
rm -rf "$stage" || echo "kept $stage"
case $name in */*) rmdir "$dir/\${name%%/*}" 2>/dev/null ;; esac
exit 0
`;

/**
 * `DIR NAME STAGE`: an exchange whose end was not seen is over after this, whether it was done, is in the middle or has yet to come:
 * without its stage it can move nothing any more. What it had taken away is put back.
 */
export const endExchangeScript = `
place=$1/$2 stage=$3
over=$stage-over
mv "$stage" "$over" 2>/dev/null || exit 0
for old in "$over"/old-*; do
  [ -e "$old" ] && [ ! -e "$place" ] && mv "$old" "$place"
done
rm -rf "$over"
`;

/** `PLACE`: whether anything is there. */
export const lookScript = `[ -e "$1" ] || [ -L "$1" ] || exit ${exits.absent}`;

/** `STAGE`: what a copy that was given up left. */
export const dropScript = `rm -rf "$1"`;

/** `DIR`: the folders in it, scopes opened, one a line. */
export const listScript = `
cd "$1" 2>/dev/null || exit ${exits.noDirectory}
for folder in * @*/*; do
  case $folder in @*/*) ;; @*) continue ;; esac
  [ -d "$folder" ] && printf '%s\\n' "$folder"
done
exit 0
`;

/** `FILE`. */
export const readScript = `[ -f "$1" ] || exit ${exits.absent}; exec cat "$1"`;

/** `FOLDER`: a tar of all that lies in it. */
export const fetchScript = `
cd "$1" 2>/dev/null || exit ${exits.absent}
command -v tar >/dev/null 2>&1 || exit ${exits.noTar}
exec tar -c -f - .
`;
