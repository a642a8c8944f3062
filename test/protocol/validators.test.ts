// The bundles judge by code that ajv made when they were built. For the values of every fixture, and for thousands that are near
// to them, it finds just what ajv finds when it compiles the schema here, with the very parts of that schema.

import assert from "node:assert/strict";
import type { ErrorObject, ValidateFunction } from "ajv";
import {
  createValidator,
  DEFAULT_SETTINGS,
  type JsonSchema,
  type Manifest,
  parseText,
  SYSTEMS,
} from "../../server/service/index.js";
import { fixtureCases } from "../harness/fixtures.js";
import { randomFrom } from "../harness/random.js";
import { fromRoot } from "../harness/root.js";
import { openFixture } from "../harness/workspace.js";

type Value = Manifest["value"];

interface Sample {
  readonly schema: JsonSchema;
  readonly value: Value;
}

const NEAR = 12;

describe("the validators of the bundles", function () {
  this.timeout(60_000);
  const samples = fixtureCases().flatMap(({ fixture }): Sample[] => {
    const { manifest } = openFixture(fixture);
    return manifest ? [{ schema: manifest.schema, value: manifest.value }] : [];
  });
  const schemas = new Set([...samples.map(({ schema }) => schema), ...everySchema()]);
  const ours = createValidator();

  for (const schema of schemas) {
    it(`find what ajv finds: ${schema.$id}, form ${formOf(schema, schemas)}`, async () => {
      const judge = await validatorOf(schema);
      const random = randomFrom(1);
      const words = [...wordsOf(schema), "", "x", "a/b~c", "../x", "1"];
      const own = samples.filter((one) => one.schema.$id === schema.$id);
      let refused = 0;
      for (const { value } of own.length > 0 ? own : samples) {
        for (let round = 0; round < NEAR; round++) {
          const near = round === 0 ? value : changed(value, words, random);
          const expected = told(ours.validate(schema, near));
          assert.deepEqual(told(judge(near) ? [] : (judge.errors ?? [])), expected, JSON.stringify(near));
          if (expected.length > 0) refused++;
        }
      }
      assert.ok(refused > 50, `only ${refused} values were refused`);
    });
  }
});

async function validatorOf(schema: JsonSchema): Promise<ValidateFunction> {
  const file = fromRoot("dist", `schema-${schema.$id?.replace("plugsmith:", "")}.js`);
  const made: { validatorOf(schema: JsonSchema): ValidateFunction } = await import(file);
  return made.validatorOf(schema);
}

/** Schemas of all documents in all settings; some depend on what a document says and come with the fixtures. */
function everySchema(): JsonSchema[] {
  const parsed = parseText("untitled:x", "");
  return SYSTEMS.flatMap(({ documents }) =>
    documents.flatMap((kind) =>
      (["auto", "guide", "current"] as const).map((skypilotSchema) =>
        kind.schema({ parsed, settings: { ...DEFAULT_SETTINGS, skypilotSchema } }),
      ),
    ),
  );
}

/** Schemas that differ in what they say alone have one name. */
function formOf(schema: JsonSchema, schemas: ReadonlySet<JsonSchema>): number {
  return [...schemas].filter(({ $id }) => $id === schema.$id).indexOf(schema) + 1;
}

/** All that problems are made of; a part of the schema by the very object. */
function told(errors: readonly ErrorObject[]): unknown[] {
  return errors.map(({ keyword, instancePath, schemaPath, params, propertyName, message, parentSchema }) => {
    const part = parts.get(parentSchema) ?? parts.size;
    parts.set(parentSchema, part);
    return { keyword, instancePath, schemaPath, params, propertyName, message, part };
  });
}

const parts = new Map<unknown, number>();

/** A value that differs in one place: something of another type, a field more, less, or under another name. */
function changed(value: Value, words: readonly string[], random: () => number): Value {
  const pick = <One>(from: readonly One[]): One | undefined => from[Math.floor(random() * from.length)];
  const word = () => pick(words) ?? "";
  const anything = (): Value =>
    pick<Value>([word(), word(), "", -1, 0, 1.5, 100000, true, null, [], {}, [word()], { [word()]: word() }]) ?? null;
  if (typeof value !== "object" || value === null || random() < 0.15) return anything();
  if (isList(value)) {
    const at = Math.floor(random() * (value.length + 1));
    if (at === value.length) return [...value, anything()];
    return value.map((one, index) => (index === at ? changed(one, words, random) : one));
  }
  const name = pick(Object.keys(value));
  if (name === undefined || random() < 0.3) return { ...value, [word()]: anything() };
  const { [name]: own = null, ...rest } = value;
  const roll = random();
  if (roll < 0.1) return rest;
  return roll < 0.2 ? { ...rest, [word()]: own } : { ...rest, [name]: changed(own, words, random) };
}

const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

/** Names and constants that stand anywhere in a schema. */
function wordsOf(schema: unknown): Set<string> {
  const found = new Set<string>();
  JSON.stringify(schema, (key, value) => {
    if (/^[\w/-]+$/.test(key) && !/^\d+$/.test(key)) found.add(key);
    if (typeof value === "string" && /^[\w/-]+$/.test(value)) found.add(value);
    return value;
  });
  return found;
}
