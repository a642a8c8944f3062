// Where an object names another one: the fields that kustomize follows when it changes names (its `nameReference` of 5.5), and
// for pods in a ReplicaSet, a PodTemplate or a ReplicationController those that it follows elsewhere.

import { deref, type MapNode, type Node } from "../../../text/node.js";
import type { Id } from "./identity.js";
import { exact, plain } from "./objects.js";
import { isNull, itemsIn, mapOf, scalarOf } from "./reading.js";

export interface NameReference {
  /** Kinds that may be meant; of some fields the object itself says which. */
  readonly kinds: readonly string[];
  readonly node: Node;
  readonly text: string;
  /** Where the object is looked for, if it says so; else in the namespace of the one that names it. */
  readonly namespace?: string;
}

export function nameReferencesIn(object: MapNode, { kind }: Pick<Id, "kind">): readonly NameReference[] {
  const pod = PODS[kind];
  return [
    ...(pod === undefined ? [] : IN_PODS.flatMap(([to, path]) => at(object, `${pod}/${path}`, [to]))),
    ...(FIELDS[kind] ?? []).flatMap(([to, path]) => at(object, path, [to])),
    ...(ODD[kind]?.(object) ?? []),
  ];
}

const PODS: Readonly<Record<string, string>> = {
  Pod: "spec",
  PodTemplate: "template/spec",
  Deployment: "spec/template/spec",
  ReplicaSet: "spec/template/spec",
  ReplicationController: "spec/template/spec",
  DaemonSet: "spec/template/spec",
  StatefulSet: "spec/template/spec",
  Job: "spec/template/spec",
  CronJob: "spec/jobTemplate/spec/template/spec",
};

type Field = readonly [kind: string, path: string];

const IN_PODS: readonly Field[] = [
  ["ConfigMap", "volumes/configMap/name"],
  ["ConfigMap", "volumes/projected/sources/configMap/name"],
  ["Secret", "volumes/secret/secretName"],
  ["Secret", "volumes/projected/sources/secret/name"],
  ["Secret", "imagePullSecrets/name"],
  ...["containers", "initContainers"].flatMap((list): Field[] => [
    ["ConfigMap", `${list}/env/valueFrom/configMapKeyRef/name`],
    ["ConfigMap", `${list}/envFrom/configMapRef/name`],
    ["Secret", `${list}/env/valueFrom/secretKeyRef/name`],
    ["Secret", `${list}/envFrom/secretRef/name`],
  ]),
  ["ServiceAccount", "serviceAccountName"],
  ["PersistentVolumeClaim", "volumes/persistentVolumeClaim/claimName"],
  ["PriorityClass", "priorityClassName"],
];

const FIELDS: Readonly<Record<string, readonly Field[]>> = {
  StatefulSet: [
    ["Service", "spec/serviceName"],
    ["StorageClass", "spec/volumeClaimTemplates/spec/storageClassName"],
  ],
  Ingress: [
    ["Service", "spec/rules/http/paths/backend/serviceName"],
    ["Service", "spec/backend/serviceName"],
    ["Service", "spec/rules/http/paths/backend/service/name"],
    ["Service", "spec/defaultBackend/service/name"],
    ["Secret", "spec/tls/secretName"],
    ["IngressClass", "spec/ingressClassName"],
  ],
  HTTPRoute: [["Service", "spec/rules/backendRefs/name"]],
  APIService: [["Service", "spec/service/name"]],
  ServiceAccount: [["Secret", "imagePullSecrets/name"]],
  StorageClass: ["secretName", "adminSecretName", "userSecretName", "secretRef"].map(
    (key): Field => ["Secret", `parameters/${key}`],
  ),
  PersistentVolume: [
    ["StorageClass", "spec/storageClassName"],
    ["Secret", "spec/azureFile/secretName"],
  ],
  PersistentVolumeClaim: [
    ["PersistentVolume", "spec/volumeName"],
    ["StorageClass", "spec/storageClassName"],
  ],
  Node: [["ConfigMap", "spec/configSource/configMap"]],
};

const ODD: Readonly<Record<string, (object: MapNode) => readonly NameReference[]>> = {
  HorizontalPodAutoscaler: (object) => besideKind(exact(exact(object, "spec"), "scaleTargetRef")),
  RoleBinding: (object) => [...besideKind(exact(object, "roleRef")), ...subjects(object)],
  ClusterRoleBinding: (object) => [...besideKind(exact(object, "roleRef")), ...subjects(object)],
  Role: resourceNames,
  ClusterRole: resourceNames,
  ValidatingWebhookConfiguration: webhooks,
  MutatingWebhookConfiguration: webhooks,
  Ingress: annotations,
};

/** Names at a path, through every list on the way. */
function at(node: Node | undefined, path: string, kinds: readonly string[]): readonly NameReference[] {
  return nodesAt(node, path.split("/")).flatMap((one) => nameIn(one, kinds));
}

function nodesAt(node: Node | undefined, path: readonly string[]): readonly Node[] {
  const items = itemsIn(node);
  if (items) return items.flatMap((item) => nodesAt(item, path));
  const [step, ...rest] = path;
  return step === undefined ? (node ? [node] : []) : nodesAt(exact(mapOf(node), step), rest);
}

function nameIn(node: Node | undefined, kinds: readonly string[], namespace?: string): readonly NameReference[] {
  const scalar = scalarOf(node);
  if (!node || !scalar || isNull(scalar) || scalar.text === "") return [];
  return [{ kinds, node, text: scalar.text, ...(namespace ? { namespace } : {}) }];
}

/** `{kind, name}` */
function besideKind(node: Node | undefined): readonly NameReference[] {
  const kind = plain(node, "kind");
  return kind === "" ? [] : nameIn(exact(node, "name"), [kind]);
}

function subjects(object: MapNode): readonly NameReference[] {
  return (itemsIn(exact(object, "subjects")) ?? []).flatMap((one) =>
    plain(one, "kind") === "ServiceAccount"
      ? nameIn(exact(one, "name"), ["ServiceAccount"], plain(one, "namespace"))
      : [],
  );
}

function webhooks(object: MapNode): readonly NameReference[] {
  return nodesAt(object, ["webhooks", "clientConfig", "service"]).flatMap((one) =>
    nameIn(exact(one, "name"), ["Service"], plain(one, "namespace")),
  );
}

/** Of the resources that the same rule names: `configmaps` are of the kind ConfigMap. */
function resourceNames(object: MapNode): readonly NameReference[] {
  return (itemsIn(exact(object, "rules")) ?? []).flatMap((rule) => {
    const kinds = (itemsIn(exact(rule, "resources")) ?? []).flatMap((one) => {
      const [plural = ""] = (scalarOf(one)?.text ?? "").split("/");
      return KINDS[plural] ?? [];
    });
    return (itemsIn(exact(rule, "resourceNames")) ?? []).flatMap((one) => nameIn(one, kinds));
  });
}

const KINDS: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ...["ConfigMap", "Secret", "Service", "ServiceAccount", "PersistentVolume", "PersistentVolumeClaim", "Pod"],
    ...["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "CronJob", "Role", "RoleBinding"],
    ...["ClusterRole", "ClusterRoleBinding", "HorizontalPodAutoscaler"],
  ].map((kind) => [`${kind.toLowerCase()}s`, kind]),
);

function annotations(object: MapNode): readonly NameReference[] {
  const written = exact(exact(object, "metadata"), "annotations");
  return ANNOTATIONS.flatMap(([to, key]) => nameIn(written && exact(deref(written), key), [to]));
}

const ANNOTATIONS: readonly Field[] = [
  ["ConfigMap", "nginx.ingress.kubernetes.io/fastcgi-params-configmap"],
  ["Secret", "ingress.kubernetes.io/auth-secret"],
  ["Secret", "nginx.ingress.kubernetes.io/auth-secret"],
  ["Secret", "nginx.ingress.kubernetes.io/auth-tls-secret"],
];
