// One place that names a Kubernetes object: where the object is, which part of the text a rename writes anew, and where else it
// may be named.

import type { Span } from "../../../text/node.js";
import type { Files } from "../../facts.js";
import type { Mention } from "../../mention.js";
import type { NamedText } from "../../named.js";
import type { Manifest } from "../../system.js";
import { affixesIn } from "../model/affixes.js";
import type { Named, Origin } from "../model/built.js";
import { filesNaming } from "../model/users.js";
import { refusalOfAll, refusalOfName } from "./refusals.js";
import { titleOf } from "./titleOf.js";

/** `text` is what is read at the place; an expression, or a kind, isn't the object's name and stays as it is. */
export function objectMention(
  from: Manifest,
  object: Named,
  at: NamedText,
  text: string,
  role: Mention["role"] = "reference",
): Mention {
  const { ids, origin } = object;
  const name = titleOf(object, from);
  const { span, rename, isVerbatim } = at;
  const own: Mention = {
    kind: "object",
    name,
    role,
    span,
    ...(role === "reference" && { target: { path: origin.path, span: bare(origin, from.workspace.files) } }),
    alsoIn: () =>
      filesNaming(
        origin.path,
        ids.map((one) => one.name),
        from.workspace,
      ),
  };
  const around = affixesIn(ids, text);
  if (!around) return { ...own, isCalledOtherwise: true };
  const [before, after] = around;
  const fixed = () => refusalOfAll(object, from);
  const checkedIn = (to: string) => filesNaming(origin.path, [to], from.workspace);
  const refuses = (to: string) => refusalOfName(object, to, from);
  const isPart = before.length + after.length > 0;
  if (!rename) return { ...own, fixed, refuses };
  if (!isPart) return { ...own, fixed, refuses, checkedIn, rename, ...(!isVerbatim && { shown: text }) };
  const part: Span = [span[0] + before.length, span[1] - after.length];
  if (isVerbatim) return { ...own, fixed, refuses, checkedIn, named: part, rename: (to) => to };
  return { ...own, fixed, refuses, checkedIn, rename: (to) => rename(`${before}${to}${after}`) };
}

/** Without the quotes around it. */
function bare({ path, span: [start, end] }: Origin, files: Files): Span {
  const first = files.read(path)?.charAt(start);
  return first === '"' || first === "'" ? [start + 1, end - 1] : [start, end];
}
