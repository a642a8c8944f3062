// A request to the management API from inside a pod: Buntime's image has no curl, but it has Bun. The request, with its key, is read from
// the input and never stands in an argument list. Without a key of the user's, the pod's own root key is used: who may run commands in
// the pod has that anyway.

/**
 * Run as `bun -e`; reads one JSON request, prints one JSON answer whose body is Base64. A discovery brings what every conversation reads
 * next along with it, so that one command in the pod does for all of it.
 */
const program = `
const asked = JSON.parse(await Bun.stdin.text());
const origin = "http://127.0.0.1:" + (process.env.PORT || "8000");
const names = ["RUNTIME_ROOT_KEY", "BUNTIME_ROOT_KEY", "RUNTIME_MASTER_KEY", "BUNTIME_MASTER_KEY"];
const key = names.map((name) => process.env[name]).find(Boolean);
const headers = new Headers(asked.headers);
headers.set("origin", origin);
if (!headers.has("x-api-key") && key) headers.set("x-api-key", key);
const ask = async (method, path) => {
  try {
    const answer = await fetch(origin + path, { method, headers, redirect: "manual" });
    const body = Buffer.from(await answer.arrayBuffer());
    const kept = ["content-type", "location", "retry-after"].flatMap((name) =>
      answer.headers.has(name) ? [[name, answer.headers.get(name)]] : []);
    return { status: answer.status, headers: kept, body };
  } catch (error) {
    return { failed: String((error && (error.code || error.message)) || error) };
  }
};
const shown = (answer) => answer.body ? { ...answer, body: answer.body.toString("base64") } : answer;
const first = await ask(asked.method, asked.path);
const also = [];
if (asked.path === "/.well-known/buntime" && first.status === 200) {
  let api = "";
  try { api = JSON.parse(first.body.toString()).api; } catch {}
  if (typeof api === "string" && api.startsWith("/"))
    for (const path of ["/plugins", "/plugins/loaded", "/admin/session", "/keys/meta"])
      also.push([api + path, shown(await ask("GET", api + path))]);
}
console.log(JSON.stringify({ ...shown(first), also }));
`;

export const noBun = 81;

/** `PROGRAM`. */
export const askScript = `command -v bun >/dev/null 2>&1 || exit ${noBun}; exec bun -e "$1"`;

export const askArgs: readonly string[] = [program];
