// Kustomizations with deprecated fields, and what becomes of them: see `conversionFiles.ts` for the files that they name.

const VARS = `vars:
- name: HOST
  objref: { apiVersion: v1, kind: ConfigMap, name: c }
  fieldref: { fieldPath: data.HOST }
- name: PORT
  objref:
    version: v1
    kind: ConfigMap
    name: c
  fieldref:
    fieldPath: data.PORT
`;
const REPLACED = `replacements:
- source:
    version: v1
    kind: ConfigMap
    name: c
    namespace: web
    fieldPath: data.HOST
  targets:
  - select:
      group: apps
      version: v1
      kind: Deployment
      name: w
    fieldPaths:
    - spec.template.spec.containers.[name=w].env.[name=HOST].value
- source:
    version: v1
    kind: ConfigMap
    name: c
    namespace: web
    fieldPath: data.PORT
  targets:
  - select:
      group: apps
      version: v1
      kind: Deployment
      name: w
    fieldPaths:
    - spec.template.spec.containers.[name=side].args.1
`;

const HOST = VARS.slice(0, VARS.indexOf("- name: PORT"));

/** Where a conversion of vars might build something else, none is offered, and the reason told. */
export const LEFT_ALONE: readonly (readonly [why: string, text: string])[] = [
  ['"namePrefix" may change what they stand for', `resources: [c.yaml, w.yaml]\nnamePrefix: p-\n${VARS}`],
  ['"replacements" may change what they stand for', `resources: [c.yaml, w.yaml]\nreplacements: []\n${VARS}`],
  [
    `what "PORT" stands for isn't the text of one object`,
    `resources: [c.yaml, w.yaml]\n${VARS.replace("data.PORT", "data.NONE")}`,
  ],
  [
    "nothing uses $(C)",
    `resources: [c.yaml, w.yaml]\n${VARS}- name: C\n  objref: { version: v1, kind: ConfigMap, name: c }\n`,
  ],
  ["$(PORT) is no var of this file", `resources: [c.yaml, w.yaml]\n${HOST}`],
  ["$(HOST) is only a part of a text somewhere", `resources: [c.yaml, part.yaml]\n${HOST}`],
  [
    "not all of its objects lie here as they are built",
    `resources: [c.yaml, w.yaml, https://example.org/x.yaml]\n${VARS}`,
  ],
  [
    "not all of its objects lie here as they are built",
    `resources: [c.yaml, o.yaml]\nconfigurations: [none.yaml]\n${HOST}`,
  ],
];

/** `o.yaml` says `$(HOST)` in a place of its own, too, which only `conf.yaml` knows. */
const ELSEWHERE = `replacements:
- source:
    version: v1
    kind: ConfigMap
    name: c
    namespace: web
    fieldPath: data.HOST
  targets:
  - select:
      group: example.org
      version: v1
      kind: Other
      name: o
    fieldPaths:
    - metadata.annotations.[example.org/host]
  - select:
      group: networking.k8s.io
      version: v1
      kind: Ingress
      name: i
    fieldPaths:
    - spec.rules.0.host
`;

export const CASES: readonly (readonly [name: string, before: string, after: string])[] = [
  ["bases alone", "bases:\n- base # the base\n", "resources:\n- base # the base\n"],
  [
    "bases beside resources",
    "bases:\n# first\n- base\nresources:\n  - a.yaml\n",
    "resources:\n  - a.yaml\n  # first\n  - base\n",
  ],
  ["bases behind resources", "resources:\n- a.yaml\nbases:\n- base", "resources:\n- a.yaml\n- base\n"],
  [
    "imageTags",
    'resources: [base]\nimageTags:\n- name: nginx\n  newTag: "1"\n',
    'resources: [base]\nimages:\n- name: nginx\n  newTag: "1"\n',
  ],
  [
    "commonLabels",
    'resources: [base]\ncommonLabels: # all\n  team: web # ours\n  a: "1"\nnamePrefix: p-\n',
    'resources: [base]\nlabels: # all\n  - includeSelectors: true\n    pairs:\n      team: web # ours\n      a: "1"\nnamePrefix: p-\n',
  ],
  [
    "patchesStrategicMerge alone",
    "resources: [a.yaml]\npatchesStrategicMerge:\n- p.yaml # one\n- q.yaml\n",
    "resources: [a.yaml]\npatches:\n- path: p.yaml # one\n- path: q.yaml\n",
  ],
  [
    "patchesStrategicMerge beside patches",
    "resources: [a.yaml]\npatches:\n  # the first\n  - path: p.yaml\npatchesStrategicMerge: # older\n- r.yaml\n",
    "resources: [a.yaml]\npatches:\n  # older\n  - path: r.yaml\n  # the first\n  - path: p.yaml\n",
  ],
  [
    "patchesStrategicMerge with texts",
    "resources: [a.yaml]\npatchesStrategicMerge: # merged\n# one\n- p.yaml\n- |-\n  apiVersion: v1\n  kind: ConfigMap\n  metadata:\n    name: a\n\n  data:\n    b: c\n# two\n- >\n  {apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {d: e}}\nnamePrefix: x-\n",
    "resources: [a.yaml]\npatches: # merged\n# one\n- path: p.yaml\n- patch: |-\n    apiVersion: v1\n    kind: ConfigMap\n    metadata:\n      name: a\n\n    data:\n      b: c\n# two\n- patch: >\n    {apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {d: e}}\nnamePrefix: x-\n",
  ],
  [
    "patchesJson6902",
    "resources: [a.yaml]\npatchesJson6902:\n- target: {version: v1, kind: ConfigMap, name: a}\n  patch: |-\n    - op: add\n      path: /data\n      value: {a: b}\n",
    "resources: [a.yaml]\npatches:\n- target: {version: v1, kind: ConfigMap, name: a}\n  patch: |-\n    - op: add\n      path: /data\n      value: {a: b}\n",
  ],
  ["vars", `resources: [c.yaml, w.yaml]\n${VARS}`, `resources: [c.yaml, w.yaml]\n${REPLACED}`],
  ["vars in other places", `resources: [c.yaml, o.yaml]\n${HOST}`, `resources: [c.yaml, o.yaml]\n${ELSEWHERE}`],
  [
    "vars in places of configurations",
    `resources: [c.yaml, o.yaml]\n${HOST}configurations: [conf.yaml]\n`,
    `resources: [c.yaml, o.yaml]\n${ELSEWHERE.replace("[example.org/host]", (one) => `${one}\n    - spec.hosts.0`)}configurations: [conf.yaml]\n`,
  ],
  [
    "vars with comments",
    `resources: [c.yaml, w.yaml]\n${VARS.replace("vars:", '"vars": # two').replace("  objref: {", "  # the host\n  objref: {").replace("- name: PORT", "# then\n- name: PORT # the port")}`,
    `resources: [c.yaml, w.yaml]\n${REPLACED.replace("replacements:", '"replacements": # two')
      .replace("- source", "# the host\n- source")
      .replace(
        "\n- source:\n    version: v1\n    kind: ConfigMap\n    name: c\n    namespace: web\n    fieldPath: data.PORT",
        (two) => `\n# then\n# the port${two}`,
      )}`,
  ],
  [
    "env of a generator",
    "configMapGenerator:\n- name: g\n  env: x.env # all\n",
    "configMapGenerator:\n- name: g\n  envs: [x.env] # all\n",
  ],
  [
    "env beside envs",
    "configMapGenerator:\n- env: x.env\n  name: g\n  envs:\n  - y.env # b\n",
    "configMapGenerator:\n- name: g\n  envs:\n  - y.env # b\n  - x.env\n",
  ],
  [
    "env beside envs in brackets",
    '{"secretGenerator": [{"name": "g", "envs": ["y.env"], "env": "x.env"}]}\n',
    '{"secretGenerator": [{"name": "g", "envs": ["y.env", "x.env"]}]}\n',
  ],
  [
    "an empty env",
    'configMapGenerator:\n- name: g\n  env: ""\n  envs: [y.env]\n',
    "configMapGenerator:\n- name: g\n  envs: [y.env]\n",
  ],
  // In brackets
  ["bases in brackets", "bases: [base] # the base\n", "resources: [base] # the base\n"],
  [
    "both in brackets",
    "resources: [a.yaml]\nbases: ['base']\nnamePrefix: p-\n",
    "resources: [a.yaml, 'base']\nnamePrefix: p-\n",
  ],
  ["brackets beside a block", "bases: [base]\nresources:\n  - a.yaml\n", "resources:\n  - a.yaml\n  - base\n"],
  [
    "brackets with comments beside a block",
    "resources:\n- a.yaml\nbases: [ # these\n  base, # one\n] # all\n",
    "resources:\n- a.yaml\n# all\n# these\n- base # one\n",
  ],
  ["a block beside brackets", "resources: [a.yaml]\nbases:\n- base\n", "resources: [a.yaml, base]\n"],
  [
    "a block with comments beside brackets",
    "resources: [a.yaml] # mine\nbases:\n# yours\n- base\n",
    "resources: # mine\n- a.yaml\n# yours\n- base\n",
  ],
  [
    "a block beside brackets that it must come before",
    "resources: [a.yaml]\npatches: [path: p.yaml]\npatchesStrategicMerge:\n- r.yaml\n",
    "resources: [a.yaml]\npatches:\n- path: r.yaml\n- path: p.yaml\n",
  ],
  [
    "imageTags over lines",
    'resources: [base]\nimages: [\n  {name: a, newTag: "1"}\n]\nimageTags: [\n  {\n    name: nginx,\n    newTag: "1"\n  }\n]\n',
    'resources: [base]\nimages: [\n  {name: a, newTag: "1"},\n  {\n    name: nginx,\n    newTag: "1"\n  }\n]\n',
  ],
  [
    "imageTags over lines beside a block",
    'resources: [base]\nimages:\n- name: a\n  newTag: "1"\nimageTags: [\n  {\n    name: nginx,\n    newTag: "1"\n  }\n]\n',
    'resources: [base]\nimages:\n- name: a\n  newTag: "1"\n- {\n    name: nginx,\n    newTag: "1"\n  }\n',
  ],
  [
    "commonLabels in brackets",
    "resources: [base]\ncommonLabels: {team: web, a: '1'} # all\n",
    "resources: [base]\nlabels: [{includeSelectors: true, pairs: {team: web, a: '1'}}] # all\n",
  ],
  [
    "commonLabels beside labels",
    "resources: [base]\nlabels:\n- pairs:\n    a: b\ncommonLabels: # all\n    team: web # ours\n",
    "resources: [base]\nlabels:\n- pairs:\n    a: b\n# all\n- includeSelectors: true\n  pairs:\n    team: web # ours\n",
  ],
  [
    "commonLabels in brackets beside labels",
    "resources: [base]\ncommonLabels: {team: web}\nlabels:\n- pairs: {a: b}\n",
    "resources: [base]\nlabels:\n- pairs: {a: b}\n- includeSelectors: true\n  pairs: {team: web}\n",
  ],
  [
    "commonLabels beside labels in brackets",
    "resources: [base]\ncommonLabels: {team: web}\nlabels: [{pairs: {a: b}}]\n",
    "resources: [base]\nlabels: [{pairs: {a: b}}, {includeSelectors: true, pairs: {team: web}}]\n",
  ],
  [
    "patchesStrategicMerge in brackets",
    "resources: [a.yaml]\npatchesStrategicMerge: [ p.yaml, # one\n  '{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {d: e}}' ]\n",
    "resources: [a.yaml]\npatches: [ {path: p.yaml}, # one\n  {patch: '{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {d: e}}'} ]\n",
  ],
  [
    "patchesJson6902 in brackets",
    "resources: [a.yaml]\npatches: [{path: p.yaml}]\npatchesJson6902: [{target: {version: v1, kind: ConfigMap, name: a}, patch: '- {op: add, path: /data, value: {a: b}}'}]\n",
    "resources: [a.yaml]\npatches: [{path: p.yaml}, {target: {version: v1, kind: ConfigMap, name: a}, patch: '- {op: add, path: /data, value: {a: b}}'}]\n",
  ],
  // As JSON
  ["JSON on one line", '{"resources": ["a.yaml"], "bases": ["base"]}\n', '{"resources": ["a.yaml", "base"]}\n'],
  [
    "JSON over lines",
    '{\n  "bases": [\n    "base"\n  ],\n  "resources": [\n    "a.yaml"\n  ]\n}\n',
    '{\n  "resources": [\n    "a.yaml",\n    "base"\n  ]\n}\n',
  ],
  [
    "commonLabels in JSON",
    '{\n  "resources": ["base"],\n  "commonLabels": {\n    "team": "web"\n  }\n}\n',
    '{\n  "resources": ["base"],\n  "labels": [{"includeSelectors": true, "pairs": {\n    "team": "web"\n  }}]\n}\n',
  ],
  [
    "patchesStrategicMerge in JSON",
    '{\n  "resources": ["a.yaml"],\n  "patchesStrategicMerge": [\n    "r.yaml",\n    "apiVersion: v1\\nkind: ConfigMap\\nmetadata:\\n  name: a\\ndata:\\n  d: e\\n"\n  ],\n  "patches": [\n    {"path": "p.yaml"}\n  ]\n}\n',
    '{\n  "resources": ["a.yaml"],\n  "patches": [\n    {"path": "r.yaml"},\n    {"patch": "apiVersion: v1\\nkind: ConfigMap\\nmetadata:\\n  name: a\\ndata:\\n  d: e\\n"},\n    {"path": "p.yaml"}\n  ]\n}\n',
  ],
  [
    "vars in JSON",
    '{"resources": ["c.yaml", "w.yaml"], "vars": [\n  {"name": "HOST", "objref": {"apiVersion": "v1", "kind": "ConfigMap", "name": "c"}, "fieldref": {"fieldPath": "data.HOST"}},\n  {"name": "PORT", "objref": {"version": "v1", "kind": "ConfigMap", "name": "c"}, "fieldref": {"fieldPath": "data.PORT"}}\n]}\n',
    '{"resources": ["c.yaml", "w.yaml"], "replacements": [\n  {"source": {"version": "v1", "kind": "ConfigMap", "name": "c", "namespace": "web", "fieldPath": "data.HOST"}, "targets": [{"select": {"group": "apps", "version": "v1", "kind": "Deployment", "name": "w"}, "fieldPaths": ["spec.template.spec.containers.[name=w].env.[name=HOST].value"]}]},\n  {"source": {"version": "v1", "kind": "ConfigMap", "name": "c", "namespace": "web", "fieldPath": "data.PORT"}, "targets": [{"select": {"group": "apps", "version": "v1", "kind": "Deployment", "name": "w"}, "fieldPaths": ["spec.template.spec.containers.[name=side].args.1"]}]}\n]}\n',
  ],
  // Keys in quotes and in other case, fields without a value
  ["a key in quotes", '"bases":\n- base\n', '"resources":\n- base\n'],
  [
    "a key in other case, beside another one without a value",
    "Resources:\nBases:\n  - base\n'namePrefix': a-\n",
    "resources:\n  - base\n'namePrefix': a-\n",
  ],
  ["a list without entries under the new name", "resources: []\nbases: [base]\n", "resources: [base]\n"],
  [
    "keys in quotes, texts behind them",
    '"resources": [a.yaml]\n"patchesStrategicMerge":\n    - "p.yaml"\n',
    '"resources": [a.yaml]\n"patches":\n    - "path": "p.yaml"\n',
  ],
  // Nothing in them
  ["an empty list", "bases: [] # none yet\nresources: [a.yaml]\n", "resources: [a.yaml]\n"],
  ["an empty map", "resources:\n- a.yaml\ncommonLabels: {}", "resources:\n- a.yaml\n"],
  ["an empty list in JSON", '{"resources": ["a.yaml"], "vars": []}\n', '{"resources": ["a.yaml"]}\n'],
  [
    "an empty list that alone is content",
    "kind: Kustomization\npatchesStrategicMerge: []\n",
    "kind: Kustomization\npatches: []\n",
  ],
  ["an empty map that alone is content", "{commonLabels: {}}\n", "{labels: []}\n"],
];

/** What other places share, or what isn't told apart, stays as it is. */
export const UNTOUCHED: readonly (readonly [why: string, text: string])[] = [
  ["entries with an anchor", "resources: [a.yaml]\nbases: [&b base]\nnamePrefix: *b\n"],
  ["entries with an alias", "namePrefix: &b base\nresources:\n- a.yaml\nbases:\n- *b\n"],
  ["labels with an anchor", "resources: [base]\ncommonLabels: &l {a: b}\ncommonAnnotations: *l\n"],
  ["labels that are an alias", "resources: [base]\ncommonAnnotations: &l {a: b}\ncommonLabels: *l\n"],
  ["patches with an anchor", "resources: [a.yaml]\npatchesStrategicMerge: [&p p.yaml]\nnamePrefix: *p\n"],
  ["an env with an anchor", "configMapGenerator:\n- name: &e x.env\n  env: *e\n"],
  ["a label that is in labels too", "resources: [base]\nlabels:\n- pairs: {a: c}\ncommonLabels: {a: b}\n"],
  ["a field that is written twice", "bases: [base]\nBases: [base]\n"],
  ["comments in brackets that go on", "{resources: [a.yaml],\nbases: [base # the base\n]}\n"],
];
