// The setting "controller_wheel_path" as text: values that unset it or that mean another place than they seem to.

import { dirname, resolve } from "../../../text/paths.js";
import { certain, changeTo } from "../../changes.js";
import type { Fix } from "../../problem.js";
import { asScalar, placeOf } from "../../read.js";
import { removeField } from "../../removal.js";
import type { Manifest, Report, Rule } from "../../system.js";
import { isNull, wheelPathOf } from "../items.js";

const SKIPS = "Nothing is uploaded then, and launches go on without the plugins";

export const wheelPathRules: readonly Rule[] = [
  {
    code: "skypilot/wheel-path-unset",
    severity: "warning",
    title: "controller_wheel_path is null or empty",
    host: `A null (nothing, null, or an unquoted ~) is dropped before the check, an empty text counts as not set. ${SKIPS}; the log has a warning at each launch.`,
    wrong: "controller_wheel_path: ~\n",
    right: "controller_wheel_path: ~/.sky/wheels\n",
    fix: 'write a directory; the home directory itself is "~" in quotes',
    documents: ["plugins"],
    check: unset,
  },
  {
    code: "skypilot/wheel-path-relative",
    severity: "warning",
    title: "a relative controller_wheel_path",
    host: 'A relative path counts from the working directory of the server process, not from this file; "dist", as in the user guide, works only when the server was started in the right folder.',
    wrong: "controller_wheel_path: dist\n",
    right: "controller_wheel_path: /opt/skypilot/wheels\n",
    fix: "write an absolute path, or one that begins with ~/",
    documents: ["plugins"],
    check: relative,
  },
  {
    code: "skypilot/wheel-path-variable",
    severity: "warning",
    title: "a variable in controller_wheel_path",
    host: `The server expands a leading ~ and nothing else: $HOME is a folder of that name. ${SKIPS}.`,
    wrong: "controller_wheel_path: $HOME/wheels\n",
    right: "controller_wheel_path: ~/wheels\n",
    fix: "write the path out; ~/ stands for the home directory",
    documents: ["plugins"],
    check: variable,
  },
  {
    code: "skypilot/wheel-path-file",
    severity: "warning",
    title: "controller_wheel_path names a file",
    host: `The server wants a directory and logs "not a directory". ${SKIPS}. Only a draft of this feature took a single wheel.`,
    wrong: "controller_wheel_path: /opt/wheels/my_plugin-1.0-py3-none-any.whl\n",
    right: "controller_wheel_path: /opt/wheels\n",
    fix: "name the directory that holds the wheel",
    documents: ["plugins"],
    check: wheelFile,
  },
];

function unset(manifest: Manifest, report: Report): void {
  const written = wheelPathOf(manifest);
  if (!written || (written.text !== "" && !isNull(written.pair.value, manifest))) return;
  const isTilde = asScalar(written.pair.value)?.text === "~";
  const message = isTilde
    ? 'YAML reads ~ alone as null, so the wheel directory is not set and nothing is uploaded; write a path such as ~/wheels, or "~" in quotes'
    : '"controller_wheel_path" has no value, so nothing is uploaded to controllers; write the directory of the wheels or remove the line';
  report(placeOf(written.pair), message, { fixes: removeField(manifest, written.pair) });
}

/** Text of the setting as far as it says where; absent, empty and refused values are told elsewhere. */
function pathOf(manifest: Manifest): { readonly text: string; readonly place: ReturnType<typeof placeOf> } | undefined {
  const written = wheelPathOf(manifest);
  return written?.text ? { text: written.text, place: placeOf(written.pair) } : undefined;
}

const startsWithVariable = (text: string): boolean => /^\$|^%\w+%/.test(text);

function relative(manifest: Manifest, report: Report): void {
  const path = pathOf(manifest);
  if (!path || path.text.startsWith("/") || path.text.startsWith("~") || startsWithVariable(path.text)) return;
  if (isWheelFile(path.text, manifest)) return;
  const absolute = directoryHere(path.text, manifest);
  report(
    path.place,
    `"${path.text}" counts from the working directory of the server, not from this file; write an absolute path or one that begins with ~/`,
    { fixes: absolute === undefined ? [] : leadingTo(manifest, absolute) },
  );
}

/** The absolute path of a directory that stands here; undefined where none does. */
function directoryHere(path: string, { folder, parsed, workspace }: Manifest): string | undefined {
  const absolute = folder === undefined || parsed.embedding || /^[A-Za-z]:/.test(path) ? "" : resolve(folder, path);
  return absolute.startsWith("/") && workspace.files.kind(absolute) === "directory" ? absolute : undefined;
}

function variable(manifest: Manifest, report: Report): void {
  const path = pathOf(manifest);
  if (!path || !/\$(\w|\{)|^%\w+%/.test(path.text)) return;
  const home = path.text.replace(/^(\$HOME|\$\{HOME\}|%USERPROFILE%)(?=\/|\\|$)/, "~");
  const isHome = home !== path.text && !home.includes("$") && home !== "~";
  report(
    path.place,
    `variables are not expanded in "${path.text}", so nothing is found and nothing is uploaded; write the path out`,
    { fixes: isHome ? certain(leadingTo(manifest, home)) : [] },
  );
}

function wheelFile(manifest: Manifest, report: Report): void {
  const path = pathOf(manifest);
  if (!path || !isWheelFile(path.text, manifest)) return;
  const folder = path.text.includes("/") ? dirname(path.text) : ".";
  report(
    path.place,
    `"${path.text}" is a wheel, but the server wants the directory that holds it and uploads nothing; write "${folder}"`,
    {
      // A relative one would be the next problem.
      fixes: [/^[/~]/.test(folder) ? folder : directoryHere(folder, manifest)]
        .filter((one) => one !== undefined)
        .flatMap((one) => leadingTo(manifest, one)),
    },
  );
}

/** A directory may well have such a name; then all is right. */
function isWheelFile(path: string, { folder, parsed, workspace }: Manifest): boolean {
  if (!/[^/\\]\.whl$/i.test(path)) return false;
  return (
    folder === undefined ||
    parsed.embedding !== undefined ||
    workspace.files.kind(resolve(folder, path)) !== "directory"
  );
}

const leadingTo = (manifest: Manifest, path: string): Fix[] =>
  changeTo(manifest, wheelPathOf(manifest)?.pair.value, path);
