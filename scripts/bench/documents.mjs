// The documents that are measured, at any size, and what is done in them: which character brings one problem, where a
// key is typed and what must be offered there. The text is free of problems as it stands; every edit is the same for all.

const range = (count) => Array.from({ length: count }, (_, index) => index);

export const CASES = {
  "plugins.yaml": {
    languageId: "yaml",
    schema: "skypilot-plugins.schema.json",
    goals: "yaml",
    lines: (count) => ["plugins:", ...range(count).flatMap(plugin)],
    // The letter after the bar comes and goes; without it the field is unknown.
    toggled: "    parameter|s:",
    typed: { where: "      retries:", text: "1" },
    completion: { lines: ["  - class: last.plugin.Last", "    "], key: "p", offers: "parameters" },
  },
  "kustomization.yaml": {
    languageId: "yaml",
    schema: "openjourney-kustomization.schema.json",
    goals: "yaml",
    lines: (count) => [
      "apiVersion: kustomize.config.k8s.io/v1beta1",
      "kind: Kustomization",
      "resources:",
      ...range(count).map((i) => `  - https://github.com/example-org/service-${i}//deploy?ref=v1.0.${i}`),
      "patches:",
      ...range(count).flatMap(patch),
    ],
    files: {
      "patches/limits.yaml":
        "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: any\nspec:\n  revisionHistoryLimit: 3\n",
    },
    toggled: "    targe|t:",
    typed: { where: "      name:", text: "x" },
    completion: { lines: ["  - path: patches/limits.yaml", "    "], key: "t", offers: "target" },
  },
  "plugins.json": {
    languageId: "json",
    schema: "metaflow-plugins.schema.json",
    goals: "json",
    lines: (count) => ["{", ...range(count).flatMap((i) => entry(i, i === count - 1)), "}"],
    toggled: '    "parameter|s"',
    typed: { where: '      "threshold":', text: "1" },
    // Before the closing brace, as one more entry.
    completion: { lines: ["  ,", '  "last": {', '    "'], after: ['"', "  }"], key: "p", offers: "parameters" },
  },
};

const plugin = (i) => [
  `  - class: audit_${i}.plugin.Audit${i}`,
  "    parameters:",
  `      log_path: /var/log/skypilot/audit-${i}.log`,
  "      retries: 3",
  "      include_reads: false",
];

const patch = (i) => [
  "  - path: patches/limits.yaml",
  "    target:",
  "      kind: Deployment",
  `      name: service-${i}`,
];

const entry = (i, isLast) => [
  `  "notes-${i}": {`,
  `    "repository": "https://git.example.org/ui/notes-${i}.git",`,
  '    "ref": "origin/main",',
  '    "parameters": {',
  '      "threshold": 3,',
  `      "title": "Notes of team ${i}"`,
  "    }",
  isLast ? "  }" : "  },",
];

/** One document of one size: its text, and the places in it as lines and characters. */
export function documentOf(name, count) {
  const { lines: make, toggled, typed, completion, ...rest } = CASES[name];
  const lines = make(count);
  const [before, after] = toggled.split("|");
  const places = lines.flatMap((text, at) => (text.startsWith(before + after) ? [at] : []));
  const line = places[Math.floor(places.length / 2)];
  const typedLine = lines.findIndex((text, at) => at > line && text.startsWith(typed.where));
  return {
    name,
    count,
    ...rest,
    text: `${lines.join("\n")}\n`,
    toggle: { line, character: before.length, text: after[0] },
    typed: { line: typedLine, character: lines[typedLine].replace(/,$/, "").length, text: typed.text },
    hover: { line, character: before.length - 2 },
    completion: completionIn(completion, lines.length),
  };
}

/** A half-written last entry is put in first; the key is typed at its end. */
function completionIn({ lines, after = [""], key, offers }, length) {
  const line = after.length > 1 ? length - 1 : length;
  const last = line + lines.length - 1;
  return {
    setup: { line, character: 0, text: `${lines.join("\n")}${after.join("\n")}\n` },
    undo: { line, character: 0, text: "", endLine: last + after.length, endCharacter: 0 },
    key: { line: last, character: lines.at(-1).length, text: key },
    offers,
  };
}
