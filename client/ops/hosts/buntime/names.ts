// Which names may travel to a Buntime host. No host checks them: some names delete the whole plugins directory
// (Buntime v0.5.4: `.`, `@acme/../../evil`), others make a plugin that cannot be removed. These never leave the machine.

const soundName = /^(@[a-z0-9][a-z0-9._-]*\/)?[a-z0-9][a-z0-9._-]*$/;

/** The reason why the name must not be uploaded, or undefined when it may. */
export function nameProblem(name: string | undefined): string | undefined {
  if (name === undefined) return "the manifest has no name; the host ignores a folder without one";
  if (soundName.test(name)) return undefined;
  const harm = harmfulName(name);
  if (harm !== undefined) return `the name "${name}" ${harm}`;
  return `the name "${name}" is not of the form "plugin" or "@scope/plugin" in lower-case letters, digits, ".", "_" and "-"`;
}

/** The reason why this key of the installed list must not be sent in a removal, or undefined when it may. */
export function removalProblem(key: string): string | undefined {
  const harm = harmfulName(key);
  if (harm !== undefined) return `"${key}" ${harm}`;
  return key.startsWith(".")
    ? `"${key}" is a hidden folder of the host, such as its key store, and no plugin`
    : undefined;
}

/** What a host would do to itself with this name; undefined when the name is merely unusual or fine. */
export function harmfulName(name: string): string | undefined {
  const parts = name.split("/");
  if (name.includes("\\") || [...name].some((letter) => letter < " " || letter === "\x7f"))
    return "holds a backslash or a control character";
  if (parts.some((part) => part === "." || part === ".."))
    return "leaves its folder: the host may delete other plugins or all of them";
  if (name === "" || parts.some((part) => part === ""))
    return "has an empty part: the host may delete everything beside it";
  if (name.startsWith("@") && parts.length === 1) return "is a scope alone: the host would install it inside itself";
  if (parts.length > (name.startsWith("@") ? 2 : 1))
    return "is too deep: the host never looks there and cannot remove it";
  return undefined;
}
