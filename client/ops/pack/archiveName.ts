// What a package's file is called.

/** `hello-1.2.0.tgz` for `@acme/hello` 1.2.0: lower case, no folder, an ending that hosts take. */
export function archiveName(plan: { readonly name?: string; readonly version?: string }): string {
  const plain = (text: string) =>
    text
      .toLowerCase()
      .replace(/^@/, "")
      .replace(/[^a-z0-9._-]+/g, "-")
      .replace(/^[.-]+/, "");
  const name = plain(plan.name ?? "") || "plugin";
  const version = plain(plan.version ?? "");
  return version === "" ? `${name}.tgz` : `${name}-${version}.tgz`;
}
