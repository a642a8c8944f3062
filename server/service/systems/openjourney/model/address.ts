// Which strings kustomize takes for something remote, as its loader decides (5.5.0). Remote things are never judged.

/** A file behind http or https; every field that names a file takes it. */
export function isRemoteFile(text: string): boolean {
  return /^https?:\/\/[^/]/i.test(text);
}

/** A git folder: `https://host/org/repo//path?ref=v1`, `git@host:org/repo`, `github.com/org/repo`. */
export function isRemoteFolder(text: string): boolean {
  const plain = text.replace(/^git::/i, "");
  const [address = ""] = plain.split("?");
  const rest = afterHost(address);
  return rest !== undefined && holdsRepository(rest);
}

export function isRemote(text: string): boolean {
  return isRemoteFile(text) || isRemoteFolder(text);
}

function afterHost(address: string): string | undefined {
  const github = /^github\.com[/:](.*)$/i.exec(address);
  if (github) return github[1] ?? "";
  const schemed = /^(ssh|https?|file):\/\/(.*)$/i.exec(address);
  if (schemed) {
    const rest = schemed[2] ?? "";
    if (schemed[1]?.toLowerCase() === "file") return rest;
    const cut = rest.search(schemed[1]?.toLowerCase() === "ssh" ? /[/:]/ : /\//);
    return cut < 0 ? undefined : rest.slice(cut + 1);
  }
  const scp = /^[A-Za-z][A-Za-z0-9-]*@[^/:]*[:/](.*)$/.exec(address);
  return scp?.[1];
}

function holdsRepository(rest: string): boolean {
  if (/_git\/[^/]+/.test(rest) || rest.includes("//") || rest.includes(".git")) return true;
  return rest.split("/").filter((part) => part !== "").length >= 2;
}
