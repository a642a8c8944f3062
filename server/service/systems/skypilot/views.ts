// Above the list of plugins: how hosts list the project. Behind the wheel directory: where it leads, when the text doesn't say it, and how many wheels are there.

import type { Hint, Lens } from "../lens.js";
import { statesOnHosts } from "../onHosts.js";
import { field } from "../read.js";
import { nearPath } from "../shownPath.js";
import type { Manifest } from "../system.js";
import { describePlugins } from "./describe.js";
import { wheelPathOf } from "./items.js";
import { countOf } from "./kinds/wheelPath.js";
import { wheelDirectory } from "./wheels/directory.js";

/** A server tells no class and maybe no name, so one that doesn't list the project may run it all the same. */
export function lensesOf(manifest: Manifest): readonly Lens[] {
  const project = manifest.kind.id === "plugins" ? describePlugins(manifest) : undefined;
  const pair = field(manifest.root, "plugins", manifest);
  const states = project ? statesOnHosts(manifest, project) : [];
  if (!pair?.key || states.length === 0) return [];
  const { start, end } = pair.key;
  return [{ kind: "hosts", span: [start, end], title: states.join(" · ") }];
}

export function hintsOf(manifest: Manifest): readonly Hint[] {
  const written = wheelPathOf(manifest);
  const directory = written?.text ? wheelDirectory(written.text, manifest) : undefined;
  if (!written?.pair.value || directory?.kind !== "directory") return [];
  const { path, wheels } = directory;
  const near = nearPath(path, manifest);
  const where = written.text === path || written.text === near ? "" : `${near}: `;
  const isRelative = !/^[/~]/.test(written.text ?? "");
  return [
    {
      kind: "paths",
      at: written.pair.value.end,
      text: `${where}${countOf(wheels.length)}`,
      ...(isRelative && {
        tooltip: "If the server is started in the folder of this file; a relative path counts from there.",
      }),
    },
  ];
}
