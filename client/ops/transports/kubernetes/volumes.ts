// Which volume holds a directory of a container: by it one knows whether two replicas share their plugins, and whether these
// outlive the pod.
import { type Json, listAt, textAt, valueAt } from "./json.js";

export interface Volume {
  /** Equal for replicas that see the same files; of the pod alone when they are its own. */
  readonly id: string;
  /** In words: `claim "plugins"`. */
  readonly title: string;
  /** False when its files are lost with the pod; undefined where that can't be known from here. */
  readonly lasts?: boolean;
  readonly readOnly: boolean;
}

export function volumeOf(pod: Json, container: Json | undefined, directory: string): Volume {
  const uid = textAt(pod, "metadata", "uid") ?? textAt(pod, "metadata", "name") ?? "";
  const mounts = listAt(container, "volumeMounts")
    .filter((mount) => holds(textAt(mount, "mountPath") ?? "", directory))
    .sort((a, b) => (textAt(b, "mountPath") ?? "").length - (textAt(a, "mountPath") ?? "").length);
  const [mount] = mounts;
  const volume = listAt(pod, "spec", "volumes").find((one) => one.name === mount?.name);
  if (mount === undefined || volume === undefined) {
    return {
      id: uid,
      title: "the container's own files",
      lasts: false,
      readOnly: valueAt(container, "securityContext", "readOnlyRootFilesystem") === true,
    };
  }
  const readOnly = mount.readOnly === true;
  const part = textAt(mount, "subPath") ?? "";
  // A path made of the pod's own variables, such as its name, is another one for each pod.
  const own = textAt(mount, "subPathExpr") === undefined ? "" : uid;
  const shared = (id: string, title: string): Volume => ({ id: `${id} ${part} ${own}`, title, lasts: true, readOnly });
  const claim = textAt(volume, "persistentVolumeClaim", "claimName");
  if (claim !== undefined) {
    const forbids = valueAt(volume, "persistentVolumeClaim", "readOnly") === true;
    return { ...shared(`claim ${claim}`, `claim "${claim}"`), readOnly: readOnly || forbids };
  }
  const hostPath = textAt(volume, "hostPath", "path");
  if (hostPath !== undefined) {
    const node = textAt(pod, "spec", "nodeName") ?? "";
    return shared(`host ${node} ${hostPath}`, `${hostPath} of node "${node}"`);
  }
  const nfs = textAt(volume, "nfs", "path");
  if (nfs !== undefined) {
    const server = textAt(volume, "nfs", "server") ?? "";
    return shared(`nfs ${server} ${nfs}`, `${server}:${nfs}`);
  }
  if (volume.emptyDir !== undefined) return { id: uid, title: "a volume of the pod's own", lasts: false, readOnly };
  const fixed = ["configMap", "secret", "projected", "downwardAPI"].find((kind) => volume[kind] !== undefined);
  if (fixed !== undefined) return { id: uid, title: `a mounted ${fixed}`, readOnly: true };
  return { id: uid, title: `volume "${textAt(volume, "name") ?? ""}"`, readOnly };
}

function holds(mountPath: string, directory: string): boolean {
  const folder = mountPath.replace(/\/+$/, "");
  return directory === folder || directory.startsWith(`${folder}/`);
}
