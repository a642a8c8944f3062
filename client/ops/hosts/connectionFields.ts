// The fields of a host's row that say how it is reached over HTTP: files for TLS and headers to add. A header that would hold a
// credential has to take it from the environment.
import { definedOf, isRecord } from "../values.js";
import type { HostConfig } from "./host.js";
import { pathIn } from "./hostFields.js";

export type ConnectionFields = Partial<Pick<HostConfig, "ca" | "cert" | "certKey" | "headers">>;

export function readConnection(
  row: Readonly<Record<string, unknown>>,
  base: string | undefined,
  wrong: (message: string) => void,
): ConnectionFields {
  const file = (key: string) => {
    const value = row[key];
    if (value === undefined) return undefined;
    if (typeof value !== "string" || value.trim() === "")
      return void wrong(`has a "${key}" that is not a text; write the path of a PEM file or leave it out`);
    if (value.includes("-----BEGIN"))
      return void wrong(`holds the content of a PEM file in "${key}"; write the file's path instead`);
    return pathIn(value.trim(), base);
  };
  const fields = {
    ca: file("ca"),
    cert: file("cert"),
    certKey: file("certKey"),
    headers: readHeaders(row.headers, wrong),
  };
  if (row.cert === undefined && row.certKey !== undefined)
    wrong('has a "certKey" without a "cert"; name both files, or neither');
  return definedOf(fields);
}

const credentials = /authorization|cookie|token|api-?key|secret|password/i;

function readHeaders(value: unknown, wrong: (message: string) => void): Readonly<Record<string, string>> | undefined {
  if (value === undefined) return undefined;
  if (!isRecord(value)) return void wrong('has "headers" that are not an object; write { "X-Name": "value" }');
  const headers: Record<string, string> = {};
  for (const [name, text] of Object.entries(value)) {
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) wrong(`has a header "${name}", which is no name of a header`);
    else if (typeof text !== "string" || /[\r\n\0]/.test(text))
      wrong(`has a header "${name}" that is not one line of text`);
    else if (/^(host|content-length|connection|transfer-encoding)$/i.test(name))
      wrong(`has a header "${name}", which belongs to the connection; leave it out`);
    else if (credentials.test(name) && !text.includes("${env:"))
      wrong(`holds a credential in the header "${name}"; write "\${env:NAME}" and set that variable instead`);
    else headers[name] = text;
  }
  return headers;
}
