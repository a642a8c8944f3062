// Options and operands of one command, checked: unknown names, missing and surplus values are misuse, told with the nearest name.

import { parseArgs } from "node:util";
import { nearest } from "../../server/service/index.js";
import { type Call, type Command, Misuse, type Option } from "./command.js";

export function parse(command: Command, argv: readonly string[]): Pick<Call, "operands" | "knows" | "on" | "value"> {
  const { tokens } = parseArgs({
    args: [...argv],
    options: Object.fromEntries(command.options.map((option) => [option.name, shapeOf(option)])),
    strict: false,
    tokens: true,
    allowPositionals: true,
  });
  const given = new Map<string, string | undefined>();
  const operands: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") operands.push(token.value);
    if (token.kind !== "option") continue;
    const option = command.options.find(({ name }) => name === token.name);
    if (!option) throw new Misuse(unknownOption(token.rawName, command));
    given.set(option.name, checkedValue(option, token.value, token.inlineValue === true));
  }
  checkCount(command, operands);
  const knows = (name: string) => command.options.some((option) => option.name === name);
  return { operands, knows, on: (name) => given.has(name), value: (name) => given.get(name) };
}

const shapeOf = ({ short, value }: Option) => ({
  type: value === undefined ? ("boolean" as const) : ("string" as const),
  ...(short !== undefined && { short }),
});

function checkedValue(option: Option, value: string | undefined, inline: boolean): string | undefined {
  if (option.value === undefined) {
    if (value !== undefined) throw new Misuse(`--${option.name} takes no value`);
    return undefined;
  }
  const isMissing = value === undefined || value === "" || (!inline && value.startsWith("--"));
  if (isMissing) throw new Misuse(`--${option.name} needs a value: --${option.name} ${option.value}`);
  if (option.oneOf && !option.oneOf.includes(value)) {
    const [meant] = nearest(value, option.oneOf);
    const hint = meant === undefined ? `write ${listed(option.oneOf)}` : `did you mean "${meant}"?`;
    throw new Misuse(`--${option.name} doesn't know "${value}"; ${hint}`);
  }
  return value;
}

function unknownOption(raw: string, { name, options }: Command): string {
  const [meant] = nearest(
    raw.replace(/^-+/, ""),
    options.map((option) => option.name),
  );
  return `"${name}" has no option "${raw}"${meant === undefined ? "" : `; did you mean "--${meant}"?`}`;
}

function checkCount({ name, operands, takes: [least, most] }: Command, given: readonly string[]): void {
  if (given.length < least) throw new Misuse(`"${name}" needs ${operands.split(" ")[0] ?? "an operand"}`);
  if (given.length > most) throw new Misuse(`"${name}" doesn't know what to do with "${given[most]}"`);
}

export function listed(names: readonly string[]): string {
  const quoted = names.map((name) => `"${name}"`);
  return quoted.length < 2 ? quoted.join("") : `${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1)}`;
}
