// Secrets of a type that wants certain keys.

import { byCount, listed } from "../../sentence.js";
import type { Rule } from "../../system.js";
import { listOf, mapsOf, pairOf, spotOf, textOf } from "../model/reading.js";
import { keysOf } from "./generatorKeys.js";

export const secretTypeRules: readonly Rule[] = [
  {
    code: "openjourney/secret-type",
    each: true,
    severity: "information",
    title: "a secret that its type doesn't fit",
    host: "kustomize writes any type; the API server refuses a kubernetes.io/tls secret without tls.crt and tls.key, and the like.",
    fix: "add the keys that the type wants",
    check(manifest, report) {
      for (const item of mapsOf(manifest.root, "secretGenerator")) {
        const pair = pairOf(item, "type");
        const wanted = SECRET_KEYS[textOf(item, "type") ?? ""];
        if (
          !pair ||
          !wanted ||
          listOf(item, "envs").length > 0 ||
          pairOf(item, "env") ||
          /^(merge|replace)$/.test(textOf(item, "behavior") ?? "")
        )
          continue;
        const keys = new Set(keysOf(item, manifest).map(({ key }) => key));
        const missing = wanted.filter((key) => !keys.has(key));
        if (missing.length > 0)
          report(
            spotOf(pair),
            `a secret of this type needs the ${byCount(missing, "key", "keys")} ${listed(missing)}; add ${byCount(missing, "it", "them")}`,
          );
      }
    },
  },
];

const SECRET_KEYS: Readonly<Record<string, readonly string[]>> = {
  "kubernetes.io/tls": ["tls.crt", "tls.key"],
  "kubernetes.io/dockerconfigjson": [".dockerconfigjson"],
  "kubernetes.io/dockercfg": [".dockercfg"],
  "kubernetes.io/ssh-auth": ["ssh-privatekey"],
};
