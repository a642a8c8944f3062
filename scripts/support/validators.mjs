// For esbuild: what judges by a schema is made by ajv when the bundles are, not when somebody waits for it. The code for each
// file of schemas/ stands in a file of its own, `schema-….js`, and is loaded with the first document that it judges.
import { readdirSync, readFileSync } from "node:fs";
import Ajv, { _ } from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import { build } from "esbuild";
import { inProject } from "./root.mjs";

const PREFIX = "schema-";

export const validators = {
  name: "validators",
  async setup({ initialOptions, onLoad, onResolve }) {
    const options = await optionsOf();
    const schemas = new Map(readdirSync(inProject("schemas")).map((file) => [nameOf(file), schemaIn(file)]));
    for (const name of schemas.keys()) initialOptions.entryPoints[name] = `${name}.js`;

    onLoad({ filter: /[\\/]service[\\/]schema[\\/]compile\.ts$/ }, () => ({
      contents: tableOf(schemas),
      loader: "js",
    }));
    onResolve({ filter: new RegExp(`^(\\./)?${PREFIX}.*\\.js$`) }, ({ path, kind }) => {
      const isFile = kind === "entry-point";
      return isFile ? { path: path.replace(/\.js$/, ""), namespace: "validators" } : { path, external: true };
    });
    onLoad({ filter: /./, namespace: "validators" }, ({ path: name }) => ({
      contents: moduleOf(schemas.get(name), options),
      resolveDir: inProject(),
    }));
  },
};

const nameOf = (file) => `${PREFIX}${file.replace(/\.schema\.json$/, "")}`;
const schemaIn = (file) => JSON.parse(readFileSync(inProject("schemas", file), "utf8"));

/** The service's own settings of ajv. */
async function optionsOf() {
  const entryPoints = [inProject("server", "service", "schema", "ajvOptions.ts")];
  const { outputFiles } = await build({ entryPoints, bundle: true, format: "esm", write: false });
  return import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
}

/** `compile` of the service. A schema that was changed in annotations alone is judged like the one that it was made from. */
function tableOf(schemas) {
  const rows = [...schemas].map(([name, { $id }]) => `${JSON.stringify($id)}: () => require("./${name}.js"),`);
  return `const MADE = {\n${rows.join("\n")}\n};
export function compile(schema) {
  const load = MADE[schema.$id];
  if (!load) throw new Error("no validator was made for the schema " + schema.$id);
  return load().validatorOf(schema);
}`;
}

/** ajv's code, with the schema that it is given in the place of ajv's copies, so that errors carry that schema's own parts. */
function moduleOf(schema, { AJV_OPTIONS, VOCABULARY }) {
  const ajv = new Ajv({ ...AJV_OPTIONS, code: { source: true } }).addVocabulary(VOCABULARY);
  const validate = ajv.compile(schema);
  const parts = Object.entries(schema.definitions ?? {}).map(([name, part]) => [part, _`schema.definitions[${name}]`]);
  for (const [part, code] of [[schema, _`schema`], ...parts]) {
    const name = ajv.scope.getValue("schema", part);
    if (name) name.value = { ...name.value, code };
  }
  return `export function validatorOf(schema) {\nconst module = {};\n${standalone(ajv, validate)}\nreturn module.exports;\n}`;
}
