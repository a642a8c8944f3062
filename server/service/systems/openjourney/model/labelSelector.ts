// Kubernetes label selectors in their text form: `app=web,tier!=db,env in (a, b),!old`. Judges the syntax, and matches
// labels; numeric comparisons are left unjudged.

export type SelectorReading =
  | { readonly is: "requirements"; readonly list: readonly Requirement[] }
  | { readonly is: "broken"; readonly why: string };

interface Requirement {
  readonly key: string;
  readonly operator: "=" | "!=" | "in" | "notin" | "exists" | "absent" | "unjudged";
  readonly values: readonly string[];
}

export function readSelector(text: string): SelectorReading {
  const list: Requirement[] = [];
  if (text.trim() === "") return { is: "requirements", list };
  for (const part of splitOutside(text)) {
    const requirement = readRequirement(part.trim());
    if (typeof requirement === "string") return { is: "broken", why: requirement };
    list.push(requirement);
  }
  return { is: "requirements", list };
}

export function matchesLabels(text: string, labels: Readonly<Record<string, string>>): boolean | undefined {
  const read = readSelector(text);
  if (read.is === "broken") return undefined;
  let unsure = false;
  for (const { key, operator, values } of read.list) {
    const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
    if (operator === "unjudged") unsure = true;
    else if (!holds(operator, value, values)) return false;
  }
  return unsure ? undefined : true;
}

function holds(
  operator: Exclude<Requirement["operator"], "unjudged">,
  value: string | undefined,
  values: readonly string[],
): boolean {
  switch (operator) {
    case "exists":
      return value !== undefined;
    case "absent":
      return value === undefined;
    case "=":
    case "in":
      return value !== undefined && values.includes(value);
    default:
      return value === undefined || !values.includes(value);
  }
}

/** Splits at commas that stand outside parentheses. */
function splitOutside(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    if (letter === "(") depth++;
    else if (letter === ")") depth--;
    else if (letter === "," && depth === 0) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, text.slice(start)];
}

function readRequirement(text: string): Requirement | string {
  if (text === "") return "nothing stands between two commas";
  const set = /^(\S+)\s+(in|notin)\s*\(([^()]*)\)$/.exec(text);
  if (set)
    return checked(
      set[1] ?? "",
      set[2] === "in" ? "in" : "notin",
      (set[3] ?? "").split(",").map((one) => one.trim()),
    );
  const pair = /^([^\s=!<>()]+)\s*(==|=|!=)\s*([^\s=!<>()]*)$/.exec(text);
  if (pair) return checked(pair[1] ?? "", pair[2] === "!=" ? "!=" : "=", [pair[3] ?? ""]);
  const order = /^([^\s=!<>()]+)\s*[<>]\s*-?\d+$/.exec(text);
  if (order) return checked(order[1] ?? "", "unjudged", []);
  const bare = /^(!?)\s*([^\s=!<>()]+)$/.exec(text);
  if (bare) return checked(bare[2] ?? "", bare[1] === "!" ? "absent" : "exists", []);
  return `"${text}" is no requirement such as key=value, key in (a, b) or !key`;
}

function checked(key: string, operator: Requirement["operator"], values: readonly string[]): Requirement | string {
  if (!isLabelKey(key)) return `"${key}" can't be the key of a label`;
  const wrong = values.find((value) => !isLabelValue(value));
  return wrong === undefined ? { key, operator, values } : `"${wrong}" can't be the value of a label`;
}

export function isLabelKey(key: string): boolean {
  const parts = key.split("/");
  const name = parts.at(-1) ?? "";
  const prefix = parts.length === 2 ? (parts[0] ?? "") : undefined;
  if (parts.length > 2 || !isName(name)) return false;
  return prefix === undefined || (prefix.length <= 253 && /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(prefix));
}

export const isLabelValue = (value: string): boolean => value === "" || isName(value);

const isName = (text: string): boolean => text.length <= 63 && /^[A-Za-z0-9]([-\w.]*[A-Za-z0-9])?$/.test(text);
