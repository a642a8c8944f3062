// Fixes that make, move and remove files, or list them in a kustomization, and the files after each.

export const object = (kind: string, name: string) => `kind: ${kind}\napiVersion: v1\nmetadata:\n  name: ${name}\n`;
const HEAD = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n";
const PLUGIN = `>>> plugins/web/Dockerfile\nFROM scratch\n`;
const WEB = `>>> plugins/web/kubernetes/web.yaml\n${object("Deployment", "web-deployment")}`;
export const API = `>>> plugins/web/kubernetes/api.yaml\n${object("Service", "web-service")}`;
const MAPPING = ">>> plugins/web/kubernetes/resource_mapping.py\n";

/** Text of the fixture, title of the fix, and what differs afterwards: a path without text is gone. */
export const CASES: readonly (readonly [
  what: string,
  fixture: string,
  title: RegExp,
  after: Readonly<Record<string, string | undefined>>,
])[] = [
  [
    "a kustomization from the files on disk, a folder with one too",
    `${API}${WEB}>>> plugins/web/kubernetes/sub/kustomization.yaml\nresources: []\n>>> plugins/web/kubernetes/values.yaml\na: 1\n${PLUGIN}`,
    /^Create kubernetes\/kustomization.yaml with 3 resources$/,
    { "plugins/web/kubernetes/kustomization.yaml": `${HEAD}resources:\n- api.yaml\n- sub\n- web.yaml\n` },
  ],
  [
    "a mapping converted in its own order, then the rest",
    `>>> plugins/web/kubernetes/a.yaml\n${object("ConfigMap", "a")}${API}${WEB}${MAPPING}RESOURCE_MAPPING = [\n    "web-deployment",  # first\n    'service',\n    "gone",\n]\n${PLUGIN}`,
    /^Convert resource_mapping.py to kustomization.yaml \(no manifest holds "gone"\)$/,
    { "plugins/web/kubernetes/kustomization.yaml": `${HEAD}resources:\n- web.yaml\n- api.yaml\n- a.yaml\n` },
  ],
  [
    "a mapping made by code, in the order of the names",
    `${API}${WEB}${MAPPING}RESOURCE_MAPPING = [name for name in ALL]\n${PLUGIN}`,
    /^Convert resource_mapping.py to kustomization.yaml$/,
    { "plugins/web/kubernetes/kustomization.yaml": `${HEAD}resources:\n- api.yaml\n- web.yaml\n` },
  ],
  [
    "an ignored mapping goes",
    `>>> plugins/web/kubernetes/kustomization.yaml\nresources:\n- web.yaml\n${WEB}${MAPPING}RESOURCE_MAPPING = []\n${PLUGIN}`,
    /^Delete resource_mapping.py$/,
    { "plugins/web/kubernetes/resource_mapping.py": undefined },
  ],
  [
    "kustomization.yml gets its name",
    `>>> plugins/web/kubernetes/kustomization.yml\nresources:\n- web.yaml\n${WEB}${PLUGIN}`,
    /^Rename "kustomization.yml" to "kustomization.yaml"$/,
    {
      "plugins/web/kubernetes/kustomization.yml": undefined,
      "plugins/web/kubernetes/kustomization.yaml": "resources:\n- web.yaml\n",
    },
  ],
  [
    "Kustomization gets its name",
    `>>> plugins/web/kubernetes/Kustomization\nresources:\n- web.yaml\n${WEB}${PLUGIN}`,
    /^Rename "Kustomization" to "kustomization.yaml"$/,
    {
      "plugins/web/kubernetes/Kustomization": undefined,
      "plugins/web/kubernetes/kustomization.yaml": "resources:\n- web.yaml\n",
    },
  ],
  [
    "a minimal Dockerfile",
    `${API}>>> plugins/other/Dockerfile\nFROM scratch\n`,
    /^Create plugins\/web\/Dockerfile$/,
    {
      "plugins/web/Dockerfile":
        "# The server builds every plugin image with the project root as context, so paths count from there.\nFROM alpine:3.22\nCOPY plugins/web/ /srv/\n",
    },
  ],
  [
    "dockerfile gets its name",
    `${API}>>> plugins/web/dockerfile\nFROM a\n>>> plugins/other/Dockerfile\nFROM scratch\n`,
    /^Rename "dockerfile" to "Dockerfile"$/,
    { "plugins/web/dockerfile": undefined, "plugins/web/Dockerfile": "FROM a\n" },
  ],
  [
    "a Dockerfile moves up",
    `${API}>>> plugins/web/kubernetes/Dockerfile\nFROM a\n>>> plugins/other/Dockerfile\nFROM scratch\n`,
    /^Move the Dockerfile out of "kubernetes"$/,
    { "plugins/web/kubernetes/Dockerfile": undefined, "plugins/web/Dockerfile": "FROM a\n" },
  ],
  [
    "one of two kustomizations stays",
    ">>> kustomization.yaml\nresources: []\n>>> kustomization.yml\nresources: []\n",
    /^Keep kustomization.yaml, delete kustomization.yml$/,
    { "kustomization.yml": undefined },
  ],
  [
    "one of two kustomizations of a base stays",
    `>>> kustomization.yaml\nresources:\n- base\n>>> base/kustomization.yaml\nresources: []\n>>> base/Kustomization\nresources: []\n`,
    /^Keep Kustomization, delete kustomization.yaml$/,
    { "base/kustomization.yaml": undefined },
  ],
  [
    "a missing resource is made, of the kind that its name speaks of",
    ">>> kustomization.yaml\nresources:\n- web-service.yaml\n",
    /^Create "web-service.yaml"$/,
    { "web-service.yaml": "apiVersion: v1\nkind: Service\nmetadata:\n  name: web-service\n" },
  ],
  [
    "a missing folder is made with a kustomization",
    ">>> kustomization.yaml\nresources:\n- sub\n",
    /^Create "sub\/kustomization.yaml"$/,
    { "sub/kustomization.yaml": `${HEAD}resources: []\n` },
  ],
  [
    "a missing patch is made for the object of its target",
    `>>> kustomization.yaml\nresources:\n- a.yaml\npatches:\n- path: p.yaml\n  target:\n    kind: Service\n>>> a.yaml\n${object("ConfigMap", "a")}---\n${object("Service", "s")}`,
    /^Create "p.yaml"$/,
    { "p.yaml": "apiVersion: v1\nkind: Service\nmetadata:\n  name: s\n" },
  ],
  [
    "a folder without a kustomization gets one",
    `>>> kustomization.yaml\nresources:\n- base\n>>> base/a.yaml\n${object("ConfigMap", "a")}`,
    /^Create base\/kustomization.yaml with "a.yaml"$/,
    { "base/kustomization.yaml": `${HEAD}resources:\n- a.yaml\n` },
  ],
  [
    "a component among resources moves to the components",
    ">>> kustomization.yaml\nresources:\n  - a # ours\n  - c # theirs\n>>> a/kustomization.yaml\nresources: []\n>>> c/kustomization.yaml\napiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n",
    /^Move to "components"$/,
    { "kustomization.yaml": "resources:\n  - a # ours\ncomponents:\n  - c # theirs\n" },
  ],
  [
    "a kustomization among components moves to the resources",
    ">>> kustomization.yaml\nresources:\n- a\ncomponents:\n  # the base\n  - b\n>>> a/kustomization.yaml\nresources: []\n>>> b/kustomization.yaml\nresources: []\n",
    /^Move to "resources"$/,
    { "kustomization.yaml": "resources:\n- a\n# the base\n- b\n" },
  ],
  [
    "a component in brackets moves to the components",
    ">>> kustomization.yaml\nresources: [a, 'c'] # ours\nnamePrefix: p-\n>>> a/kustomization.yaml\nresources: []\n>>> c/kustomization.yaml\napiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n",
    /^Move to "components"$/,
    { "kustomization.yaml": "resources: [a] # ours\ncomponents: ['c']\nnamePrefix: p-\n" },
  ],
  [
    "a component in JSON moves to new components",
    '>>> kustomization.yaml\n{\n  "resources": ["a", "c"]\n}\n>>> a/kustomization.yaml\nresources: []\n>>> c/kustomization.yaml\napiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n',
    /^Move to "components"$/,
    { "kustomization.yaml": '{\n  "resources": ["a"],\n  "components": ["c"]\n}\n' },
  ],
  [
    "a kustomization among components in JSON moves to the resources",
    '>>> kustomization.yaml\n{"components": ["b"], "resources": ["a"]}\n>>> a/kustomization.yaml\nresources: []\n>>> b/kustomization.yaml\nresources: []\n',
    /^Move to "resources"$/,
    { "kustomization.yaml": '{"resources": ["a", "b"]}\n' },
  ],
  [
    "the only entry of its field takes the field along",
    ">>> kustomization.yaml\ncomponents:\n- b\n>>> b/kustomization.yaml\nresources: []\n",
    /^Move to "resources"$/,
    { "kustomization.yaml": "resources:\n- b\n" },
  ],
  [
    "manifests are listed where resources are empty",
    `>>> plugins/web/kubernetes/kustomization.yaml\nresources: []\n${API}${WEB}${PLUGIN}`,
    /^Add "api.yaml", "web.yaml" to resources$/,
    { "plugins/web/kubernetes/kustomization.yaml": "resources:\n- api.yaml\n- web.yaml\n" },
  ],
  [
    "manifests are listed where there are no resources",
    `>>> plugins/web/kubernetes/kustomization.yaml\nnamePrefix: a-\n${API}${PLUGIN}`,
    /^Add "api.yaml" to resources$/,
    { "plugins/web/kubernetes/kustomization.yaml": "namePrefix: a-\nresources:\n- api.yaml\n" },
  ],
  [
    "a manifest is named after its object, and so is its entry",
    `>>> plugins/web/kubernetes/kustomization.yaml\nresources:\n- "web.yaml" # main\n${WEB}${PLUGIN}`,
    /^Rename the file to "web-deployment.yaml"$/,
    {
      "plugins/web/kubernetes/kustomization.yaml": 'resources:\n- "web-deployment.yaml" # main\n',
      "plugins/web/kubernetes/web.yaml": undefined,
      "plugins/web/kubernetes/web-deployment.yaml": object("Deployment", "web-deployment"),
    },
  ],
  [
    "manifests are listed in brackets",
    `>>> plugins/web/kubernetes/kustomization.yaml\nresources: ["web.yaml"] # all\n${API}${WEB}${PLUGIN}`,
    /^Add "api.yaml" to resources$/,
    { "plugins/web/kubernetes/kustomization.yaml": 'resources: ["web.yaml", "api.yaml"] # all\n' },
  ],
  [
    "manifests are listed in JSON",
    `>>> plugins/web/kubernetes/kustomization.yaml\n{\n  "namePrefix": "a-"\n}\n${API}${PLUGIN}`,
    /^Add "api.yaml" to resources$/,
    { "plugins/web/kubernetes/kustomization.yaml": '{\n  "namePrefix": "a-",\n  "resources": ["api.yaml"]\n}\n' },
  ],
  [
    "manifests are listed in brackets that were empty",
    `>>> plugins/web/kubernetes/kustomization.yaml\n{resources: []}\n${API}${PLUGIN}`,
    /^Add "api.yaml" to resources$/,
    { "plugins/web/kubernetes/kustomization.yaml": "{resources: [api.yaml]}\n" },
  ],
];
