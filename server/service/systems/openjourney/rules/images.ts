// Images and replicas: entries that change nothing, and replicas of objects that don't exist.

import { addField } from "../../addition.js";
import { changeTo, changeToAny, writeAs } from "../../changes.js";
import { removeItem } from "../../removal.js";
import type { Rule } from "../../system.js";
import { namesFor } from "../fixes/aims.js";
import { buildOf } from "../model/build.js";
import { imagesIn } from "../model/content.js";
import { fitsCounted } from "../model/counted.js";
import { compileGo } from "../model/goRegex.js";
import { BLUR } from "../model/jsonPatch.js";
import { kustomizationOf } from "../model/kustomization.js";
import { bareImage } from "../model/original.js";
import { listOf, mapOf, mapsOf, pairOf, scalarOf, spotOf, textOf } from "../model/reading.js";
import { isUnderstood, whenUnderstood } from "./understood.js";

const FIELDS = ["images", "imageTags"] as const;
const CHANGES = ["newName", "newTag", "digest", "tagSuffix"];

export const imageRules: readonly Rule[] = [
  {
    code: "openjourney/image-name",
    each: true,
    severity: "warning",
    title: "an image name that can't match",
    host: "kustomize compares the name without tag and digest, as an anchored regular expression: an absent name, or one with a tag, matches nothing.",
    wrong: 'images:\n- name: nginx:1.25\n  newTag: "1.26"',
    right: 'images:\n- name: nginx\n  newTag: "1.26"',
    fix: "write the image name without its tag",
    check(manifest, report) {
      for (const item of FIELDS.flatMap((name) => mapsOf(manifest.root, name))) {
        const pair = pairOf(item, "name");
        const name = textOf(item, "name") ?? "";
        if (!pair || !/(:[^/]*|@.*)$/.test(name)) continue;
        const bare = name.replace(/@.*$/, "").replace(/:[^/:]*$/, "");
        const node = pair.value;
        report(
          spotOf(pair),
          `"${name}" never matches: kustomize compares names without tag and digest; write "${bare}"`,
          { fixes: changeTo(manifest, node, bare) },
        );
      }
    },
  },
  {
    code: "openjourney/image-noop",
    each: true,
    severity: "information",
    title: "an image entry that changes nothing",
    host: "kustomize builds; without newName, newTag, digest or tagSuffix the images stay as they are.",
    fix: "add one of them, or remove the entry",
    check(manifest, report) {
      // What it changes may stand in a wrong column.
      const isAstray = CHANGES.some((name) => pairOf(manifest.root, name));
      if (isAstray || manifest.parsed.tree.problems.length > 0) return;
      for (const item of FIELDS.flatMap((name) => mapsOf(manifest.root, name))) {
        const pair = pairOf(item, "name");
        if (!isUnderstood(manifest, item, "Image")) continue;
        if (pair && CHANGES.every((name) => (textOf(item, name) ?? "") === "" && !pairOf(item, name)))
          report(spotOf(pair), "this entry changes nothing; add newName, newTag or digest, or remove it", {
            fixes: removeItem(manifest, item),
          });
      }
    },
  },
  {
    code: "openjourney/image-no-match",
    severity: "information",
    title: "no container has this image",
    host: "kustomize builds without a word; the entry has no effect. Images are changed behind the patches, and before replacements and transformers.",
    fix: "write the image name of the manifests",
    check(manifest, report) {
      const { patched, allGathered } = buildOf(manifest);
      if (!allGathered || manifest.folder === undefined || kustomizationOf(manifest).kind !== "Kustomization") return;
      const images: string[] = [];
      for (const { path, content, blurred } of patched) {
        // What a generator makes has no containers.
        const known = path === undefined ? [] : imagesIn(content ?? blurred?.() ?? BLUR);
        if (!known) return;
        images.push(...known);
      }
      const items = FIELDS.flatMap((name) => mapsOf(manifest.root, name));
      const taken = new Set(items.map((item) => textOf(item, "name")));
      const isFree = (image: string) => !taken.has(image);
      for (const item of items) {
        const pair = pairOf(item, "name");
        const name = textOf(item, "name") ?? "";
        const regex = compileGo(`${name}(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?`);
        if (!pair || name === "" || /(:[^/]*|@.*)$/.test(name) || regex.is !== "regex") continue;
        if (!images.some((image) => regex.test(image)))
          report(spotOf(pair), `no container of these resources has the image "${name}"; correct the name`, {
            fixes: [
              ...changeToAny(manifest, pair.value, namesFor(name, images.map(bareImage).filter(isFree))),
              ...removeItem(manifest, item),
            ],
          });
      }
    },
  },
  {
    code: "openjourney/replica-no-match",
    severity: "error",
    title: "replicas of an object that doesn't exist",
    host: "kustomize wants a Deployment, StatefulSet, ReplicaSet or ReplicationController of that name, or the build fails. Components are spared.",
    fix: "correct the name",
    check(manifest, report) {
      const list = pairOf(manifest.root, "replicas");
      const { named, allNamed, counted } = buildOf(manifest);
      if (!list || kustomizationOf(manifest).kind !== "Kustomization") return;
      if (listOf(manifest.root, "replicas").includes(undefined))
        report(list.key ?? list, "an empty entry of replicas fails the build; remove it");
      if (!allNamed || manifest.folder === undefined) return;
      const names = new Set(
        named.flatMap(({ ids }) => ids.flatMap((id) => (fitsCounted(counted, id) ? [id.name] : []))),
      );
      for (const item of mapsOf(manifest.root, "replicas")) {
        const pair = pairOf(item, "name");
        const name = textOf(item, "name") ?? "";
        if (pair && !names.has(name))
          report(
            spotOf(pair),
            kustomizationOf(manifest).plugin
              ? `no object "${name}" is of a kind that fieldSpecs name; the build fails`
              : `there is no Deployment, StatefulSet, ReplicaSet or ReplicationController "${name}" here; the build fails`,
            {
              fixes: [...changeToAny(manifest, pair.value, namesFor(name, [...names])), ...removeItem(manifest, item)],
            },
          );
      }
    },
  },
  {
    code: "openjourney/replica-count",
    severity: "warning",
    title: "a count of replicas that surprises",
    host: "Without count kustomize writes 0; a negative one is written and refused by the cluster.",
    wrong: "replicas:\n- name: web",
    right: "replicas:\n- name: web\n  count: 3",
    fix: "write the number that you want",
    refine: (manifest, misfit) => {
      const problem = whenUnderstood("Replica")(manifest, misfit);
      const map = mapOf(misfit.place.node);
      const node = scalarOf(misfit.place.node);
      if (!problem) return undefined;
      return { ...problem, fixes: node ? [writeAs(node, "0")] : addField(manifest, map, "count", 1) };
    },
  },
];
