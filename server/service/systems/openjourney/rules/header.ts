// The two fields at the head of a kustomization: each kind has its apiVersion.

import { changeToAny } from "../../changes.js";
import type { Problem } from "../../problem.js";
import type { Manifest, Misfit, Rule } from "../../system.js";
import { kustomizationOf } from "../model/kustomization.js";
import { textOf } from "../model/reading.js";

const VERSIONS = {
  Kustomization: "kustomize.config.k8s.io/v1beta1",
  Component: "kustomize.config.k8s.io/v1alpha1",
};

export const headerRules: readonly Rule[] = [
  {
    code: "openjourney/wrong-kind",
    severity: "error",
    title: "the kind is neither Kustomization nor Component",
    host: '"kind should be Kustomization or Component".',
    wrong: "kind: Kustomize",
    right: "kind: Kustomization",
    fix: "write one of the two",
    refine: (manifest, misfit) =>
      changes(
        manifest,
        misfit,
        version(manifest) === VERSIONS.Component ? ["Component", "Kustomization"] : ["Kustomization"],
      ),
  },
  {
    code: "openjourney/wrong-api-version",
    severity: "error",
    title: "the apiVersion doesn't fit the kind",
    host: "Kustomization goes with kustomize.config.k8s.io/v1beta1, Component with kustomize.config.k8s.io/v1alpha1.",
    wrong: "apiVersion: v1\nkind: Kustomization",
    right: "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization",
    fix: "correct the apiVersion or leave it out",
    refine: (manifest, misfit) =>
      changes(manifest, misfit, [
        kustomizationOf(manifest).kind === "Component" ? VERSIONS.Component : VERSIONS.Kustomization,
      ]),
  },
];

const version = ({ root }: Manifest): string | undefined => textOf(root, "apiVersion");

const changes = (manifest: Manifest, { problem, place }: Misfit, texts: readonly string[]): Problem => ({
  ...problem,
  fixes: changeToAny(manifest, place.node, texts),
});
