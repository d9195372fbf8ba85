/** A function that computes its value when it is first asked, and then keeps it. */
export function once<Value>(compute: () => Value): () => Value {
  let kept: { readonly value: Value } | null = null;
  return () => (kept ??= { value: compute() }).value;
}

/** The same for each argument. */
export function onceBy<Key, Value>(compute: (key: Key) => Value): (key: Key) => Value {
  const kept = new Map<Key, Value>();
  return (key) => {
    if (!kept.has(key)) kept.set(key, compute(key));
    return kept.get(key)!;
  };
}
