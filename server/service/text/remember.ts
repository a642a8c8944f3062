// The one way to keep what was derived: an answer that depends on one immutable object alone is made once for it and is
// forgotten with it. For what several rules need of a manifest, or many manifests of the same list of facts. An answer kept by
// a node must hold nodes and no offsets: an unchanged node stays the same while text above it grows.

export function remember<Of extends object, Answer>(make: (of: Of) => Answer): (of: Of) => Answer {
  const made = new WeakMap<Of, { readonly answer: Answer }>();
  return (of) => {
    let kept = made.get(of);
    if (!kept) {
      kept = { answer: make(of) };
      made.set(of, kept);
    }
    return kept.answer;
  };
}
