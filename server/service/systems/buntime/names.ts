// What a plugin's name does to a host when the plugin is uploaded or removed. No host checks names, so a tool must.

export type NameVerdict =
  | { readonly kind: "sound" }
  | { readonly kind: "harmful" | "out-of-reach" | "unusual"; readonly because: string };

/** Why a removal under this key, a name or a folder of the installed list, may take more than one plugin; one clause. */
export function removalHarm(key: string): string | undefined {
  const verdict = judgeName(key);
  if (key === "" || key.startsWith("."))
    return "is the plugins directory itself, or a hidden folder of the host such as its key store";
  if (/[\\\p{Cc}]/u.test(key)) return "holds a backslash or a control character";
  if (/^@[^/]*$/.test(key)) return "is a whole scope: some hosts delete every plugin of it";
  return verdict.kind === "harmful" || verdict.kind === "out-of-reach" ? verdict.because : undefined;
}

const SOUND = /^(@[a-z0-9][a-z0-9._-]*\/)?[a-z0-9][a-z0-9._-]*$/;

export function judgeName(name: string): NameVerdict {
  if (SOUND.test(name)) return { kind: "sound" };
  const parts = name.split(/[\\/]/);
  const scoped = name.startsWith("@");
  if (parts.includes("..")) return harmful("leads out of its folder: a host may delete other plugins, or all of them");
  if (parts.includes(".")) return harmful("is the plugins directory itself: an upload deletes every plugin in it");
  if (scoped && parts.length > 1 && parts.slice(1).every((part) => part.trim() === ""))
    return harmful(`is a whole scope: an upload deletes every plugin of "${parts[0]}"`);
  if (scoped && parts.length > 2)
    return harmful(`is cut: an upload installs it as "${parts[0]}/${parts[1]}" over the plugin that is there`);
  if (scoped && parts.length === 1) return unusual(`is a scope alone: it is installed as "${name}/${name}"`);
  if (!scoped && parts.length > 1)
    return outOfReach("lies too deep after an upload: the host never scans it and can't remove it");
  if (name.startsWith(".")) return outOfReach("is a hidden folder after an upload: the host skips it since v0.2.26");
  return unusual('has not the form "plugin" or "@scope/plugin" in lower-case letters, digits, ".", "_" and "-"');
}

/** A sound name near to the given one; undefined when nothing is left of it. */
export function soundName(name: string): string | undefined {
  const [scope, ...rest] = name.startsWith("@") ? name.split("/") : [undefined, name];
  const clean = (part: string) =>
    part
      .toLowerCase()
      .replace(/[^a-z0-9._-]+/g, "-")
      .replace(/^[._-]+|-+$/g, "");
  const last = clean(rest.join("-"));
  const sound = scope === undefined ? last : `@${clean(scope)}/${last}`;
  return SOUND.test(sound) ? sound : undefined;
}

const harmful = (because: string): NameVerdict => ({ kind: "harmful", because });
const outOfReach = (because: string): NameVerdict => ({ kind: "out-of-reach", because });
const unusual = (because: string): NameVerdict => ({ kind: "unusual", because });
