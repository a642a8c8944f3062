// Behind the wheel directory: where it leads, when the text doesn't say it, and how many wheels are there.

import type { Hint } from "../lens.js";
import { nearPath } from "../shownPath.js";
import type { Manifest } from "../system.js";
import { wheelPathOf } from "./items.js";
import { countOf } from "./kinds/wheelPath.js";
import { wheelDirectory } from "./wheels/directory.js";

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
      at: written.pair.value.end,
      text: `${where}${countOf(wheels.length)}`,
      ...(isRelative && {
        tooltip: "If the server is started in the folder of this file; a relative path counts from there.",
      }),
    },
  ];
}
