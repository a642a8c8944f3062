// The one way to keep what was derived: an answer that depends on one immutable object alone is made once for it and is
// forgotten with it. For what several rules need of a manifest, or many manifests of the same list of facts. An answer kept by
// a node must hold nodes and no offsets: an unchanged node stays the same while text above it grows.

export function remember<Of extends object, Answer>(make: (of: Of) => Answer): (of: Of) => Answer {
  const made = new WeakMap<Of, Answer>();
  return (of) => {
    const known = made.get(of);
    if (known !== undefined || made.has(of)) return known as Answer;
    const answer = make(of);
    made.set(of, answer);
    return answer;
  };
}

/**
 * What is made of a file's text, once for as long as the text stays the same; forgotten with its owner, such as the files of
 * a workspace. Of more than `most` files nothing is kept but the newest.
 */
export function rememberText<Answer>(
  make: (text: string, path: string) => Answer,
  most = Number.POSITIVE_INFINITY,
): (owner: object, path: string, text: string) => Answer {
  const keptBy = remember((_owner: object) => new Map<string, { readonly text: string; readonly answer: Answer }>());
  return (owner, path, text) => {
    const kept = keptBy(owner);
    const before = kept.get(path);
    if (before?.text === text) return before.answer;
    if (kept.size >= most) kept.clear();
    const answer = make(text, path);
    kept.set(path, { text, answer });
    return answer;
  };
}
