// A PLUGINS value written for the places that set variables. The letters that mean something there (quotes, dollar signs,
// comment signs) become JSON's own escapes, so no reader on the way to the service changes the value.

export type ValueForm = "json" | "dotenv" | "shell" | "compose" | "kubernetes" | "docker" | "dockerfile";

export const VALUE_FORMS: readonly { readonly form: ValueForm; readonly title: string; readonly about: string }[] = [
  { form: "json", title: "JSON", about: "the value alone, for config.plugins.json" },
  { form: "dotenv", title: ".env file", about: "a line for compose or docker run --env-file" },
  { form: "shell", title: "Shell", about: "an export for sh, bash and zsh" },
  { form: "compose", title: "Compose", about: "a line below environment" },
  { form: "kubernetes", title: "Kubernetes", about: "an item of a container's env" },
  { form: "docker", title: "docker run", about: "the option -e" },
  { form: "dockerfile", title: "Dockerfile", about: "an ENV instruction" },
];

/** `json` is an object's JSON text; it is written on one line unless it is wanted as it is. */
export function assignment(form: ValueForm, json: string): string {
  return WRITERS[form](json);
}

const WRITERS: Readonly<Record<ValueForm, (json: string) => string>> = {
  json: (json) => json,
  dotenv: (json) => `PLUGINS=${escaped(json, /[#$]/g)}`,
  shell: (json) => `export PLUGINS='${escaped(json, /'/g)}'`,
  compose: (json) => `PLUGINS: '${escaped(json, /['$]/g)}'`,
  kubernetes: (json) => `- name: PLUGINS\n  value: '${escaped(json, /['$]/g)}'`,
  docker: (json) => `-e 'PLUGINS=${escaped(json, /'/g)}'`,
  dockerfile: (json) => `ENV PLUGINS='${escaped(json, /['$]/g)}'`,
};

/** These letters stand in strings alone: outside of them JSON has none. */
const escaped = (json: string, letters: RegExp): string =>
  json.replace(letters, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);
