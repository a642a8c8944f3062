// What is asked of a manifest, or of a path in a workspace, again and again: kept for as long as nothing changes around it.

import { remember } from "../../../text/remember.js";
import type { Workspace } from "../../facts.js";
import type { Manifest } from "../../system.js";

export function kept<Answer>(make: (manifest: Manifest) => Answer): (manifest: Manifest) => Answer {
  const known = remember(make);
  return (manifest) => (manifest.workspace.isStill ? known(manifest) : make(manifest));
}

export function keptIn<Answer>(make: (path: string, workspace: Workspace) => Answer) {
  const known = remember((_: Workspace) => new Map<string, Answer>());
  return (path: string, workspace: Workspace): Answer => {
    if (!workspace.isStill) return make(path, workspace);
    const answers = known(workspace);
    const answer = answers.get(path) ?? make(path, workspace);
    answers.set(path, answer);
    return answer;
  };
}
