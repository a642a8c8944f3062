// `kubectl auth can-i`: everything is allowed, unless a fault waits for `can-i VERB RESOURCE SUBRESOURCE`.

export const reviewKind = "SelfSubjectAccessReview";

export function review(allowed: boolean) {
  return { apiVersion: "authorization.k8s.io/v1", kind: reviewKind, metadata: {}, status: { allowed } };
}

/** kubectl asks in protobuf, of which the words are read: namespace, verb, group, version, resource, subresource. */
export function reviewLine(body: string): string {
  const words = body.match(/[a-z][a-z.-]*[a-z]/g) ?? [];
  const verbs = ["get", "list", "watch", "create", "update", "patch", "delete"];
  const at = words.findIndex((word) => verbs.includes(word));
  return `can-i ${words
    .slice(at)
    .filter((word) => !word.includes("."))
    .join(" ")}`;
}
