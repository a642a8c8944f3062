// Which strings kustomize takes for something remote, as its loader decides (5.5.0). Remote things are never judged.

/** A file behind http or https; every field that names a file takes it. */
export function isRemoteFile(text: string): boolean {
  return HTTP.test(text);
}

const HTTP = /^https?:\/\/[^/]/i;

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

/** A repository, and a way into it that doesn't lead out again. */
function holdsRepository(rest: string): boolean {
  const marked = /^.*?(?:_git\/[^/]+|\/\/|\.git)(.*)$/.exec(rest);
  if (marked) return !climbsOut(marked[1] ?? "");
  const parts = rest.split("/").filter((part) => part !== "");
  return parts.length >= 2 && !climbsOut(parts.slice(2).join("/"));
}

function climbsOut(path: string): boolean {
  let depth = 0;
  for (const part of path.split("/")) {
    if (part === "..") depth--;
    else if (part !== "" && part !== ".") depth++;
    if (depth < 0) return true;
  }
  return false;
}
