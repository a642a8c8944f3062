// The kinds that a test cluster knows, and what an API server says of them to a client that asks: discovery and OpenAPI, as far as
// kubectl wants to know it before it applies or compares.

export interface Resource {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly short?: readonly string[];
  readonly namespaced: boolean;
}

const core = { group: "", version: "v1", namespaced: true } as const;
const apps = { group: "apps", version: "v1", namespaced: true } as const;

export const resources: readonly Resource[] = [
  { ...core, kind: "Namespace", plural: "namespaces", short: ["ns"], namespaced: false },
  { ...core, kind: "Pod", plural: "pods", short: ["po"] },
  { ...core, kind: "Service", plural: "services", short: ["svc"] },
  { ...core, kind: "ConfigMap", plural: "configmaps", short: ["cm"] },
  { ...core, kind: "Secret", plural: "secrets" },
  { ...core, kind: "ServiceAccount", plural: "serviceaccounts", short: ["sa"] },
  { ...core, kind: "PersistentVolumeClaim", plural: "persistentvolumeclaims", short: ["pvc"] },
  { ...core, kind: "Event", plural: "events", short: ["ev"] },
  { ...apps, kind: "Deployment", plural: "deployments", short: ["deploy"] },
  { ...apps, kind: "StatefulSet", plural: "statefulsets", short: ["sts"] },
  { ...apps, kind: "DaemonSet", plural: "daemonsets", short: ["ds"] },
  { ...apps, kind: "ReplicaSet", plural: "replicasets", short: ["rs"] },
  { group: "batch", version: "v1", kind: "Job", plural: "jobs", namespaced: true },
  { group: "networking.k8s.io", version: "v1", kind: "Ingress", plural: "ingresses", short: ["ing"], namespaced: true },
  {
    group: "authorization.k8s.io",
    version: "v1",
    kind: "SelfSubjectAccessReview",
    plural: "selfsubjectaccessreviews",
    namespaced: false,
  },
];

export function apiVersionOf({ group, version }: Resource): string {
  return group === "" ? version : `${group}/${version}`;
}

/** The answer to a request about the API itself; undefined when the path is about objects. */
export function aboutTheApi(path: string): unknown {
  if (path === "/version") return { major: "1", minor: "32", gitVersion: "v1.32.0", platform: "linux/amd64" };
  if (path === "/api") return { kind: "APIVersions", versions: ["v1"] };
  if (path === "/apis") return { kind: "APIGroupList", apiVersion: "v1", groups: groups.map(groupAnswer) };
  if (path === "/openapi/v3") return { paths: Object.fromEntries(groupVersions.map(documentLink)) };
  const document = /^\/openapi\/v3\/(.+)$/.exec(path)?.[1];
  if (document !== undefined && groupVersions.includes(document)) return openApi(document);
  const list = groupVersions.find((one) => path === `/${one}`);
  return list === undefined ? undefined : resourceList(list);
}

const groups = [...new Set(resources.map(({ group }) => group))].filter((group) => group !== "");
const groupVersions = [...new Set(resources.map((row) => `${row.group === "" ? "api" : "apis"}/${apiVersionOf(row)}`))];

function groupAnswer(name: string) {
  const version = { groupVersion: `${name}/v1`, version: "v1" };
  return { name, versions: [version], preferredVersion: version };
}

function resourceList(groupVersion: string) {
  const rows = rowsOf(groupVersion);
  return {
    kind: "APIResourceList",
    apiVersion: "v1",
    groupVersion: groupVersion.replace(/^apis?\//, ""),
    resources: rows.flatMap((row) => [
      {
        name: row.plural,
        singularName: row.kind.toLowerCase(),
        namespaced: row.namespaced,
        kind: row.kind,
        verbs: ["create", "delete", "get", "list", "patch", "update", "watch"],
        shortNames: row.short ?? [],
      },
      ...(row.kind === "Pod"
        ? ["exec", "log"].map((name) => ({
            name: `pods/${name}`,
            namespaced: true,
            kind: "Pod",
            verbs: ["get", "create"],
          }))
        : []),
    ]),
  };
}

function documentLink(groupVersion: string) {
  return [groupVersion, { serverRelativeURL: `/openapi/v3/${groupVersion}` }];
}

/** kubectl looks here for the parameters of PATCH: whether the server validates fields and can be asked without changing anything. */
function openApi(groupVersion: string) {
  const parameters = ["dryRun", "fieldManager", "fieldValidation", "force"].map((name) => ({ name, in: "query" }));
  const paths = rowsOf(groupVersion).map((row) => [
    `/${groupVersion}/${row.namespaced ? "namespaces/{namespace}/" : ""}${row.plural}/{name}`,
    { patch: { parameters, "x-kubernetes-action": "patch", "x-kubernetes-group-version-kind": gvk(row) } },
  ]);
  return {
    openapi: "3.0.0",
    info: { title: "test", version: "1" },
    paths: Object.fromEntries(paths),
    components: { schemas: {} },
  };
}

function gvk({ group, version, kind }: Resource) {
  return { group, version, kind };
}

function rowsOf(groupVersion: string): readonly Resource[] {
  const apiVersion = groupVersion.replace(/^apis?\//, "");
  return resources.filter((row) => apiVersionOf(row) === apiVersion);
}
