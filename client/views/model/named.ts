// Plugins of a list by name. Each of a host's plugins is looked for in several lists, which never change once they are there.

const known = new WeakMap<readonly { readonly name: string }[], Map<string, unknown[]>>();

/** All of that name, in their order. */
export function named<T extends { readonly name: string }>(list: readonly T[], name: string): readonly T[] {
  const byName = (known.get(list) ?? index(list)) as Map<string, T[]>;
  return byName.get(name) ?? [];
}

function index<T extends { readonly name: string }>(list: readonly T[]): Map<string, T[]> {
  const byName = new Map<string, T[]>();
  for (const one of list) byName.set(one.name, [...(byName.get(one.name) ?? []), one]);
  known.set(list, byName);
  return byName;
}
